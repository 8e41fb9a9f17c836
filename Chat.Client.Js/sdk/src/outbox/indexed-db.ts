import type { Outbox } from './outbox.js';

/** Drafts in the browser's IndexedDB: a page that was reloaded goes on sending them. Tabs look after their own, and after those of tabs that were closed. */
export declare class IndexedDbOutbox implements Outbox {
  open: Outbox['open'];
}

import type { Outbox } from './outbox.js';

export declare class MemoryOutbox implements Outbox {
  open: Outbox['open'];
}

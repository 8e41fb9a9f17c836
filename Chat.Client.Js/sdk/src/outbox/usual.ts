import type { Outbox } from './outbox.js';
export declare function usualOutbox(): Outbox;

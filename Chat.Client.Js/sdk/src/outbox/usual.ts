import { globals } from '../surroundings.js';
import { IndexedDbOutbox } from './indexed-db.js';
import { MemoryOutbox } from './memory.js';
import type { Outbox } from './outbox.js';

export const usualOutbox = (): Outbox => (globals.indexedDB === undefined ? new MemoryOutbox() : new IndexedDbOutbox());

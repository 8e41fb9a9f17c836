import type { ConversationId, Entry, ReadTranscript, TranscriptPage } from '../contract.js';
import type { Signal } from '../surroundings.js';
import type { Feeds } from './feeds.js';

export declare class TranscriptReader {
  constructor(conversation: ConversationId, feeds: Feeds, ask: (request: ReadTranscript, signal?: Signal) => Promise<TranscriptPage>);
  tail(tail: number, signal?: Signal): AsyncGenerator<Entry, void, undefined>;
  after(seq: number, signal?: Signal): AsyncGenerator<Entry, void, undefined>;
  backwards(before: number | undefined, signal?: Signal): AsyncGenerator<Entry, void, undefined>;
  stretch(from: number, to?: number, signal?: Signal): AsyncGenerator<Entry, void, undefined>;
}

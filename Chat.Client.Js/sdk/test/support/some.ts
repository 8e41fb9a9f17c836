import type { Conversation, EntryBatch, InboxBatch, InboxEntry, Message, Person, Profile, Refusal, Session } from '../../src/contract.js';
import { RefusalCode } from '../../src/contract.js';
import type { Draft } from '../../src/rules/draft.js';

export const ANN: Person = { user: 'u1', userName: 'ann', displayName: 'Ann' };
export const BOB: Person = { user: 'u2', userName: 'bob', displayName: 'Bob' };

export const someProfile = (person = ANN): Profile => ({ ...person, presence: 'online', version: 1 });

export const someSession = (more: Partial<Session> = {}): Session => ({
  token: 'the token',
  sessionId: 's1',
  expiresAt: 0,
  me: someProfile(),
  lobby: 'lobby',
  protocol: 1,
  epoch: 'e1',
  ...more,
});

export const someMessage = (seq: number, more: Partial<Message> = {}): Message => ({
  kind: 'message',
  seq,
  sentAt: seq,
  author: BOB,
  clientMessageId: `id of ${seq}`,
  text: `text ${seq}`,
  ...more,
});

/** A batch of messages, from one seq to another. */
export const someBatch = (from: number, to: number, more: Partial<EntryBatch> = {}): EntryBatch => ({
  conversation: 'c1',
  epoch: 'e1',
  from,
  to,
  entries: Array.from({ length: to - from + 1 }, (_, place) => someMessage(from + place)),
  holes: [],
  ...more,
});

export const someInbox = (...entries: InboxEntry[]): InboxBatch => ({
  epoch: 'e1',
  from: entries[0]?.seq ?? 1,
  to: entries.at(-1)?.seq ?? 0,
  entries,
});

export const someRow = (conversation: string, head: number): Conversation => ({
  conversation,
  kind: 'conference',
  members: [],
  memberCount: 2,
  head,
  readSeq: 0,
  unread: 0,
  mentions: 0,
  role: 'member',
  firstSeq: 1,
  lastActivityAt: 0,
  pinned: false,
  muted: false,
  hidden: false,
  archived: false,
});

export const someDraft = (text: string, conversation = 'c1'): Draft => ({
  method: 'SendMessage',
  request: { conversation, clientMessageId: `id of ${text}`, text },
});

export const someRefusal = (name: keyof typeof RefusalCode, more: Partial<Refusal> = {}): Refusal => ({
  code: RefusalCode[name],
  name,
  text: `It was ${name}.`,
  retryable: false,
  ...more,
});

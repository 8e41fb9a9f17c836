import type { Entry, Message, Person, Reaction } from 'signalrchat';

/** What became of a message that is not, or not yet, as it is shown. */
export type Fate = 'pending' | 'failed';

export interface MessageRow {
  kind: 'message';
  /** Stays the same from the first moment of a draft on, so that a row never has to be drawn a second time. */
  key: string;
  /** Above every stored one while the message is on its way. */
  seq: number;
  sentAt: number;
  author: Person;
  text: string;
  mentions: readonly Person[];
  replyTo?: number | undefined;
  edited: boolean;
  deleted: boolean;
  reactions: readonly Reaction[];
  fate?: Fate | undefined;
  clientMessageId: string;
}

/** Something that happened to the conversation itself. */
export interface DeedRow {
  kind: 'deed';
  key: string;
  seq: number;
  sentAt: number;
  entry: Deed;
}

export type Row = MessageRow | DeedRow;
export type Deed = Extract<Entry, { kind: 'started' | 'joined' | 'left' | 'removed' | 'roleChanged' | 'renamed' }>;

const deeds = new Set(['started', 'joined', 'left', 'removed', 'roleChanged', 'renamed']);

export function rowOf(entry: Entry): Row | null {
  if (entry.kind === 'message') return messageRow(entry);
  if (!deeds.has(entry.kind)) return null;
  return { kind: 'deed', key: `deed-${entry.seq}`, seq: entry.seq, sentAt: entry.sentAt, entry: entry as Deed };
}

function messageRow(message: Message): MessageRow {
  return {
    kind: 'message',
    key: `${message.author.user}/${message.clientMessageId}`,
    seq: message.seq,
    sentAt: message.sentAt,
    author: message.author,
    text: message.text ?? '',
    mentions: message.mentions ?? [],
    replyTo: message.replyTo,
    edited: message.editedAt !== undefined,
    deleted: message.deleted === true,
    reactions: message.reactions ?? [],
    clientMessageId: message.clientMessageId,
  };
}

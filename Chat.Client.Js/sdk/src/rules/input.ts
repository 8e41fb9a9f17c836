import type { Answer, Closing, ConversationPage, EntryBatch, InboxBatch, Receipt, ResyncResult, Session, SessionEnd } from '../contract.js';
import type { Draft } from './draft.js';
import type { Greeting } from './greeting.js';

/** Everything that can happen to a client. What a connection brought bears its number, and is ignored once that connection has been given up. */
export type Input =
  /** From here on the client means to be connected. */
  | { readonly is: 'start'; readonly greeting: Greeting }
  /** Time has passed; wanted no later than `dueAt`. */
  | { readonly is: 'tick' }
  | { readonly is: 'queue'; readonly draft: Draft }
  /** What was in the durable outbox. Nothing is sent before the first of these. */
  | { readonly is: 'restore'; readonly drafts: readonly Draft[] }
  /** The user does not want it sent any more. */
  | { readonly is: 'discard'; readonly clientMessageId: string }
  /** The proof of the session is in the cookie. */
  | { readonly is: 'tokenKept' }
  /** The machine woke up, or came online, or somebody is impatient. */
  | { readonly is: 'hurry'; readonly heardAt: number }
  /** The client was disposed; what is in the outbox stays there. */
  | { readonly is: 'stop' }
  | FromConnection;

export type FromConnection = { readonly connection: number } & (
  | /** The transport and the handshake are done. */ { readonly is: 'connected' }
  | /** The connection could not be made, broke or was closed. */ { readonly is: 'lost' }
  | { readonly is: 'greeted'; readonly answer: Answer<Session> }
  | { readonly is: 'resynced'; readonly number: number; readonly answer: Answer<ResyncResult> }
  | { readonly is: 'sent'; readonly clientMessageId: string; readonly attempt: number; readonly answer: Answer<Receipt> }
  | { readonly is: 'appended'; readonly batch: EntryBatch }
  | { readonly is: 'inboxAppended'; readonly batch: InboxBatch }
  /** The list was read over this connection: what it shows is held, and only what comes later has to be told. */
  | { readonly is: 'listed'; readonly page: ConversationPage }
  | { readonly is: 'sessionEnded'; readonly end: SessionEnd }
  | { readonly is: 'serverClosing'; readonly closing: Closing }
);

import type { ConversationId, EntryBatch, Hole, HubMethods, InboxBatch, Receipt, Refusal, Session, SessionEndReason } from '../contract.js';
import type { Draft } from './draft.js';
import type { Greeting } from './greeting.js';

/** What a client has to do, in the order given. */
export type Effect =
  /** Open a new connection; everything it brings is handed in with its number. */
  | { readonly do: 'connect'; readonly connection: number }
  /** Drop the connection without waiting for anything. */
  | { readonly do: 'disconnect' }
  | { readonly do: 'greet'; readonly greeting: Greeting }
  /** Logged in: the proof is worth keeping, the password is not. */
  | { readonly do: 'loggedIn'; readonly session: Session }
  | { readonly do: 'resync'; readonly number: number; readonly request: HubMethods['Resync']['request'] }
  /** Call what the draft asks for. */
  | { readonly do: 'send'; readonly draft: Draft; readonly attempt: number }
  /** Something new, right behind what is held: `from` is the seq after the last one applied. */
  | { readonly do: 'apply'; readonly batch: EntryBatch }
  | { readonly do: 'applyInbox'; readonly batch: InboxBatch }
  /** What is held of a transcript begins here: drop what was held before. Of the inbox, what was before is made good by the list. */
  | { readonly do: 'begin'; readonly conversation: ConversationId | null; readonly from: number; readonly reset: boolean }
  /** These will not come by themselves and are read when somebody wants them. Told once. */
  | { readonly do: 'skip'; readonly conversation: ConversationId | null; readonly hole: Hole }
  /** The server does not know this transcript as the user's (any more): drop what is held. */
  | { readonly do: 'forget'; readonly conversation: ConversationId | null }
  /** Put the draft into the durable outbox, before it is sent. */
  | { readonly do: 'keep'; readonly draft: Draft }
  /** The draft is in the transcript: it leaves the outbox, and its entry takes its place on the screen. */
  | { readonly do: 'stored'; readonly draft: Draft; readonly receipt: Receipt }
  /** The draft is refused for good: it leaves the outbox and is shown as failed. */
  | { readonly do: 'failed'; readonly draft: Draft; readonly refusal: Refusal }
  /** The client will not connect any more. Both are undefined where it was stopped. */
  | { readonly do: 'ended'; readonly refusal: Refusal | undefined; readonly reason: SessionEndReason | undefined };

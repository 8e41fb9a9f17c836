import type { SessionEndReason, Time } from './contract.js';
import type { ChatRefusedError } from './errors.js';

/** Where a client is on its way to hearing everything. */
export type ChatState =
  /** Nobody has logged in yet. */
  | { readonly name: 'idle' }
  /** A connection is being made, or logs in on it. */
  | { readonly name: 'connecting' }
  /** Logged in; what was missed is being asked for, and what is sent waits. */
  | { readonly name: 'resyncing' }
  /** Logged in; everything that happens is told. */
  | { readonly name: 'live' }
  /** Between two tries to connect. `retryAt` is a time of this machine's clock, `fault` why the last connection was lost or not made. */
  | { readonly name: 'waiting'; readonly retryAt: Time; readonly fault: Error | undefined }
  /** For good, until somebody logs in anew. `why` is the refusal, where there was one. */
  | { readonly name: 'ended'; readonly reason: EndReason; readonly why: ChatRefusedError | undefined };

/** `refused`: log-in was; `disposed`: the client was, and the session is still good; otherwise how the session ended. */
export type EndReason = SessionEndReason | 'refused' | 'disposed';

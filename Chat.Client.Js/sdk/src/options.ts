import type { Dial } from './driving/dial.js';
import type { Outbox } from './outbox/outbox.js';
import type { Clock, Fetch, HubProtocol } from './surroundings.js';

/** What a `ChatClient` has to know before it connects. */
export interface ChatClientOptions {
  /** Where the server is: `http://localhost:5080`; in a page of the server's own, `location.origin`. The hub below it, `/chat`, need not be named. */
  url: string;

  /** JSON unless said otherwise; `messagePack()` of `signalrchat/msgpack` says the same in fewer bytes. */
  protocol?: HubProtocol | undefined;

  /**
   * Where the proof of the session is kept. `token` (unless said otherwise): with the program, which finds it in {@link ChatClient.session}.
   * `cookie`, in browsers: in a cookie that script cannot read; `resume()` needs nothing then.
   */
  session?: 'token' | 'cookie' | undefined;

  /** Where drafts wait until they are stored: IndexedDB where there is one, in memory elsewhere, unless said otherwise. */
  outbox?: Outbox | undefined;

  /** What the user's list of sessions calls this device; at most 100 characters. */
  device?: string | undefined;

  /** Name and version of this program, for the server's diagnostics; at most 100 characters. */
  program?: string | undefined;

  /** How many messages, edits, deletions and reactions may wait to be stored; 10,000 unless said otherwise. One more is refused with `limitReached`. */
  outboxLength?: number | undefined;

  /** Sent along with each try to connect, by programs in Node; browsers do not let a page say them. */
  headers?: Record<string, string> | undefined;

  /** For the session cookie; the global one unless said otherwise. */
  fetch?: Fetch | undefined;

  /** What tells the time and rings the timers. */
  clock?: Clock | undefined;

  /** 0 up to but not including 1: spreads the tries of many clients. */
  random?: (() => number) | undefined;

  /** How a connection is made: by SignalR, over one WebSocket without negotiation, unless said otherwise. */
  dial?: Dial | undefined;
}

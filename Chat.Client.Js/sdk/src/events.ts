import type {
  Announcement,
  Closing,
  Conversation,
  ConversationId,
  EntryBatch,
  Hole,
  InboxEntry,
  PresenceNotice,
  Profile,
  ReadNotice,
  SessionEnd,
  TypingNotice,
} from './contract.js';
import type { Outgoing } from './outgoing.js';
import type { ChatState } from './state.js';
import type { Signal } from './surroundings.js';

/** What a client tells, by the names of its events. */
export interface ChatEvents {
  stateChanged: ChatState;

  /**
   * New entries of a conversation, right behind those told before (or behind where it {@link ChatEvents.begun | began}): each seq from `from` to
   * `to` once, in order, either among the entries or in a hole. One's own are among them.
   */
  entries: EntryBatch;

  /**
   * What is told of a conversation begins at `from`; lower seqs are read when somebody wants them. On a `reset` its history is another one, as after
   * a backup was restored: drop what is held of it.
   */
  begun: { readonly conversation: ConversationId; readonly from: number; readonly reset: boolean };

  /** These entries of a conversation will not be told; read them when somebody looks. What comes behind them is told. */
  skipped: { readonly conversation: ConversationId; readonly hole: Hole };

  /** The conversation is not the user's (any more): drop what is held of it. */
  forgotten: { readonly conversation: ConversationId };

  /** What one's own devices share: conversations added and left, read marks, blocks, settings. */
  inbox: InboxEntry;

  /**
   * The whole list of conversations, hidden ones and those that were left included, as it is now: after log-in, and whenever more was missed than
   * is told one by one. What changes later is told.
   */
  listed: readonly Conversation[];

  /** What waits, or failed, in a conversation is another now; see `ChatConversation.outgoing`. Told before the entry that takes a draft's place. */
  outboxChanged: { readonly conversation: ConversationId; readonly outgoing: readonly Outgoing[] };

  /** Drafts cannot be kept over the end of this page or program, because of this; they wait in memory. */
  outboxVolatile: Error;

  /** To be shown for at most 5 seconds, or until that person's next message. */
  typing: TypingNotice;
  presence: PresenceNotice;

  /** Another profile of somebody with whom one shares a conversation; or one's own, changed on any device. */
  profile: Profile;
  readMark: ReadNotice;
  announced: Announcement;
  sessionEnded: SessionEnd;
  serverClosing: Closing;

  /** What a handler threw, or what went wrong with nobody waiting for it. Nothing depends on listening. */
  error: unknown;
}

/** May be asynchronous; nobody waits for it. */
export type Handler<T> = (value: T) => unknown;

/** Those who listen. A handler that throws, or whose promise is rejected, disturbs nobody: `error` is told. */
export class Emitter {
  readonly #handlers = new Map<keyof ChatEvents, Set<{ handle: Handler<never> }>>();

  on<E extends keyof ChatEvents>(event: E, handler: Handler<ChatEvents[E]>, signal?: Signal): () => void {
    if (signal?.aborted) return () => {};
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers);
    const listening = { handle: handler as Handler<never> };
    handlers.add(listening);
    const end = () => {
      handlers.delete(listening);
      signal?.removeEventListener('abort', end);
    };
    signal?.addEventListener('abort', end, { once: true });
    return end;
  }

  tell<E extends keyof ChatEvents>(event: E, value: ChatEvents[E]): void {
    for (const listening of [...(this.#handlers.get(event) ?? [])]) {
      try {
        const result = (listening.handle as Handler<ChatEvents[E]>)(value);
        if (result instanceof Promise) result.catch((fault: unknown) => this.#report(event, fault));
      } catch (fault) {
        this.#report(event, fault);
      }
    }
  }

  // A handler of errors that fails itself is beyond help.
  #report(event: keyof ChatEvents, fault: unknown): void {
    if (event !== 'error') this.tell('error', fault);
  }
}

import type { ConversationId, Session } from '../contract.js';
import type { Emitter } from '../events.js';
import type { Outgoing } from '../outgoing.js';
import type { Feeds } from '../reading/feeds.js';
import type { Draft } from '../rules/draft.js';
import type { Greeting } from '../rules/greeting.js';
import type { Settings } from '../settings.js';
import type { ChatState } from '../state.js';
import type { Signal } from '../surroundings.js';
import type { Calls } from './calls.js';

export type { Greeting };

/** One log-in, from the first try to connect to its end: hands the rules what happens and the time, and does what they say. */
export declare class Driver {
  constructor(greeting: Greeting, settings: Settings, emitter: Emitter, feeds: Feeds);
  readonly calls: Calls;
  readonly state: ChatState;
  readonly session: Session | undefined;
  readonly outgoing: readonly Outgoing[];
  begin(signal?: Signal): Promise<Session>;
  logOut(everywhere: boolean, signal?: Signal): Promise<void>;
  dispose(): void;
  retryNow(): void;
  send(draft: Draft): Outgoing;
  outgoingOf(conversation: ConversationId): readonly Outgoing[];
  typing(conversation: ConversationId): void;
  isIdle(idle: boolean): void;
}

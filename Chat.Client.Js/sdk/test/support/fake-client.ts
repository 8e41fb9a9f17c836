import { ChatClient } from '../../src/client.js';
import type { ChatEvents } from '../../src/events.js';
import type { ChatClientOptions } from '../../src/options.js';
import { MemoryOutbox } from '../../src/outbox/memory.js';
import { FakeClock, settled } from './fake-clock.js';
import { FakeHub } from './fake-hub.js';

/** A client with a fake connection and a fake clock, and what it told. */
export class FakeClient {
  readonly told: { [E in keyof ChatEvents]: { event: E; value: ChatEvents[E] } }[keyof ChatEvents][] = [];
  readonly chat: ChatClient;

  constructor(
    readonly hub = new FakeHub(),
    readonly clock = new FakeClock(),
    options: Partial<ChatClientOptions> = {},
  ) {
    this.chat = new ChatClient({
      url: 'http://chat.test',
      dial: hub.dial,
      clock,
      random: () => 0.5,
      outbox: new MemoryOutbox(),
      ...options,
    });
    for (const event of [
      'stateChanged',
      'entries',
      'begun',
      'skipped',
      'forgotten',
      'inbox',
      'listed',
      'outboxChanged',
      'outboxVolatile',
      'error',
    ] as const)
      this.chat.on(event, (value) => this.told.push({ event, value } as (typeof this.told)[number]));
  }

  static async loggedIn(hub = new FakeHub(), options: Partial<ChatClientOptions> = {}): Promise<FakeClient> {
    const client = new FakeClient(hub, new FakeClock(), options);
    await client.chat.logIn('ann', 'correct horse');
    return client;
  }

  values<E extends keyof ChatEvents>(event: E): ChatEvents[E][] {
    return this.told.filter((one) => one.event === event).map((one) => one.value as ChatEvents[E]);
  }

  get states(): string[] {
    return this.values('stateChanged').map((state) => state.name);
  }

  /** Texts that were told, in the order told. */
  get texts(): string[] {
    return this.values('entries').flatMap((batch) =>
      batch.entries.map((entry) => (entry.kind === 'message' ? (entry.text ?? '') : entry.kind)),
    );
  }

  /** The seqs that were told, in the order told. */
  get seqs(): number[] {
    return this.values('entries').flatMap((batch) => batch.entries.map((entry) => entry.seq));
  }

  /** The connection breaks, and the next is made. */
  async reconnects(): Promise<void> {
    this.hub.line.break();
    await this.clock.advance(1_000);
    await settled();
  }
}

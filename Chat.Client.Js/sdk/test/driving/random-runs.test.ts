import { expect, it } from 'vitest';
import { FakeClient } from '../support/fake-client.js';
import { FakeClock } from '../support/fake-clock.js';
import { FakeHub } from '../support/fake-hub.js';

const RUNS = 150;

/** A number from 0 up to but not including 1, the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it.each(Array.from({ length: RUNS }, (_, place) => place + 1))(
  'Whatever happens to the connection, each entry comes once and in order, and each draft too (seed %i)',
  async (seed) => {
    const random = chance(seed);
    const hub = new FakeHub();
    const client = new FakeClient(hub, new FakeClock(), { random });
    const loggedIn = client.chat.logIn('ann', 'correct horse');
    const queued: string[] = [];
    await client.clock.advance(100);
    await loggedIn;

    const faults: (() => void)[] = [
      () => hub.say('lobby', `told ${seed}`),
      () => void queued.push(client.chat.conversation('lobby').send(`sent ${queued.length}`).draft.request.clientMessageId),
      () => hub.line.break(),
      () => {
        hub.isDown = !hub.isDown;
      },
      () => {
        hub.isMute = !hub.isMute;
      },
      () => void (hub.instead.has('SendMessage') ? hub.instead.clear() : hub.instead.set('SendMessage', () => 'nothing')),
      () => hub.line.tell('EntriesAppended', hub.batch('lobby', 1 + Math.floor(random() * 4))),
      () => client.chat.retryNow(),
    ];
    for (let step = 0; step < 60; step++) {
      faults[Math.floor(random() * faults.length)]!();
      if (random() < 0.5) await client.clock.advance(random() * 4_000);
    }

    hub.isDown = false;
    hub.isMute = false;
    hub.instead.clear();
    for (let second = 0; second < 60; second++) {
      hub.line.ping();
      await client.clock.advance(1_000);
    }
    const transcript = hub.transcripts.get('lobby')!;
    expect(client.seqs).toEqual(transcript.map((message) => message.seq));
    expect(transcript.flatMap((message) => (queued.includes(message.clientMessageId) ? [message.clientMessageId] : []))).toEqual(queued);
    expect([client.chat.state.name, client.chat.outgoing, client.values('error')]).toEqual(['live', [], []]);
  },
);

import { describe, expect, it } from 'vitest';
import { backoff } from '../../src/rules/backoff.js';
import { ClientRules } from '../../src/rules/client-rules.js';
import type { Effect } from '../../src/rules/effect.js';
import type { Greeting } from '../../src/rules/greeting.js';
import type { Input } from '../../src/rules/input.js';
import { BOB, someBatch, someProfile, someRefusal, someSession } from '../support/some.js';

const logIn: Greeting = { method: 'LogIn', request: { userName: 'ann', password: 'secret' } };
const register: Greeting = { method: 'Register', request: { userName: 'ann', password: 'secret', displayName: 'Ann' } };

class Client {
  readonly rules = new ClientRules(() => 0.5);
  connection = 0;

  constructor(greeting: Greeting = logIn) {
    this.handle({ is: 'start', greeting });
  }

  handle(input: Input, now = 0): Effect[] {
    const effects = this.rules.handle(input, now);
    for (const effect of effects) if (effect.do === 'connect') this.connection = effect.connection;
    return effects;
  }

  connected(now = 0): Greeting | undefined {
    const [effect] = this.handle({ is: 'connected', connection: this.connection }, now);
    return effect?.do === 'greet' ? effect.greeting : undefined;
  }

  greeted(answer: { session?: object; refusal?: ReturnType<typeof someRefusal> } = {}, now = 0): Effect[] {
    const { refusal } = answer;
    const value = refusal === undefined ? { value: someSession(answer.session), refusal: null } : { value: null, refusal };
    return this.handle({ is: 'greeted', connection: this.connection, answer: value }, now);
  }

  lost(now = 0): Effect[] {
    return this.handle({ is: 'lost', connection: this.connection }, now);
  }
}

describe('A client', () => {
  it('says that it pings every 5 s', () => {
    expect(new Client().connected()?.request).toMatchObject({ heartbeatMs: 5_000 });
  });

  it('shows the token from the second connection on, and the password never again', () => {
    const client = new Client();
    client.connected();
    client.greeted();
    client.lost(0);
    client.handle({ is: 'tick' }, 500);

    expect(client.connected(500)).toEqual({ method: 'Resume', request: { token: 'the token', heartbeatMs: 5_000 } });
  });

  it('shows no token any more once the cookie has it', () => {
    const client = new Client();
    client.connected();
    client.greeted();
    client.handle({ is: 'tokenKept' });
    client.lost(0);
    client.handle({ is: 'tick' }, 500);

    expect(client.connected(500)?.request).toMatchObject({ token: undefined });
  });

  it('waits longer each time, at most half a minute and a half', () => {
    const client = new Client();
    const waits: number[] = [];
    for (let now = 0; waits.length < 9; ) {
      client.lost(now);
      waits.push(client.rules.dueAt! - now);
      now = client.rules.dueAt!;
      client.handle({ is: 'tick' }, now);
    }

    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('begins to count anew after a connection that was good', () => {
    const client = new Client();
    for (const now of [0, 10_000]) {
      client.lost(now);
      client.handle({ is: 'tick' }, now + 5_000);
    }
    client.connected(15_000);
    client.greeted({}, 15_000);
    client.lost(25_000);

    expect(client.rules.dueAt).toBe(25_500);
  });

  it('comes back when the server says', () => {
    const client = new Client();
    client.connected();
    client.greeted();
    client.handle({ is: 'serverClosing', connection: client.connection, closing: { reconnectAfterMs: 7_000 } }, 0);

    expect(client.rules.dueAt).toBe(7_000);
  });

  it('gives up a connection that is not made in 11 s, and a log-in that is not answered in 30 s', () => {
    const client = new Client();
    expect(client.handle({ is: 'tick' }, 11_000)).toContainEqual({ do: 'disconnect' });
    client.handle({ is: 'tick' }, 12_000);
    client.connected(12_000);

    expect(client.handle({ is: 'tick' }, 42_000)).toContainEqual({ do: 'disconnect' });
  });

  it('ends when log-in is refused for good, and tries again when it is refused for now', () => {
    const busy = new Client();
    busy.connected();
    busy.greeted({ refusal: someRefusal('serverBusy', { retryable: true, retryAfterMs: 900 }) });
    const wrong = new Client();
    wrong.connected();
    const effects = wrong.greeted({ refusal: someRefusal('wrongCredentials') });

    expect([busy.rules.state, busy.rules.dueAt]).toEqual(['waiting', 900]);
    expect(effects).toMatchObject([{ do: 'disconnect' }, { do: 'ended', refusal: { name: 'wrongCredentials' } }]);
  });

  it('finds out by a log-in whether a registration without an answer was stored', () => {
    const client = new Client(register);
    client.connected();
    client.lost(0);
    client.handle({ is: 'tick' }, 500);
    const second = client.connected(500);
    const [third] = client.greeted({ refusal: someRefusal('wrongCredentials') }, 500);

    expect(second).toMatchObject({ method: 'LogIn', request: { userName: 'ann', password: 'secret' } });
    expect(third).toMatchObject({ do: 'greet', greeting: { method: 'Register', request: { displayName: 'Ann' } } });
  });

  it('ends where the cookie is another user’s by now', () => {
    const client = new Client();
    client.connected();
    client.greeted();
    client.lost(0);
    client.handle({ is: 'tick' }, 500);
    client.connected(500);

    expect(client.greeted({ session: { me: someProfile(BOB) } }, 500)).toMatchObject([
      { do: 'disconnect' },
      { do: 'ended', refusal: { name: 'sessionEnded' } },
    ]);
  });

  it('passes over what a connection brings that was given up', () => {
    const client = new Client();
    client.connected();
    client.greeted();
    const before = client.connection;
    client.lost(0);
    client.handle({ is: 'tick' }, 500);

    expect(client.handle({ is: 'appended', connection: before, batch: someBatch(1, 1) }, 500)).toEqual([]);
    expect(client.handle({ is: 'lost', connection: before }, 500)).toEqual([]);
    expect(client.rules.state).toBe('connecting');
  });

  it('does not wait when somebody is in a hurry', () => {
    const client = new Client();
    client.lost(0);

    expect(client.handle({ is: 'hurry', heardAt: 0 }, 10)).toEqual([{ do: 'connect', connection: 2 }]);
  });

  it('in a hurry leaves a connection that was silent for long, and keeps one that was not', () => {
    const client = new Client();
    client.connected();
    client.greeted();

    expect(client.handle({ is: 'hurry', heardAt: 0 }, 5_999)).toEqual([]);
    expect(client.handle({ is: 'hurry', heardAt: 0 }, 6_000)).toEqual([{ do: 'disconnect' }, { do: 'connect', connection: 2 }]);
  });
});

describe('The wait', () => {
  it('is spread by chance, from half to one and a half', () => {
    expect([backoff(undefined, 0, 0), backoff(undefined, 0, 0.999)]).toEqual([250, 749.5]);
  });

  it('is what the server asked for, within ten minutes', () => {
    expect([backoff(1_234, 5, 0), backoff(-1, 0, 0), backoff(1e9, 0, 0)]).toEqual([1_234, 0, 600_000]);
  });
});

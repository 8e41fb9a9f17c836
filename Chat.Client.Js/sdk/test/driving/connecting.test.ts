import { describe, expect, it, vi } from 'vitest';
import type { Dial } from '../../src/driving/dial.js';
import { ChatRefusedError } from '../../src/errors.js';
import { settle } from '../../src/settings.js';
import { FakeClient } from '../support/fake-client.js';
import { FakeClock, settled } from '../support/fake-clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { someRefusal } from '../support/some.js';

describe('Connecting', () => {
  it('is tried again from the first time on, until there is a server', async () => {
    const client = new FakeClient();
    client.hub.isDown = true;
    const loggedIn = client.chat.logIn('ann', 'correct horse');
    await client.clock.advance(3_000);
    expect([client.hub.lines.length > 2, client.chat.state.name]).toEqual([true, 'waiting']);

    client.hub.isDown = false;
    await client.clock.advance(5_000);

    expect((await loggedIn).me.userName).toBe('ann');
    expect(client.chat.state.name).toBe('live');
  });

  it('tells when the next try is, and why the last one failed', async () => {
    const client = new FakeClient();
    client.hub.isDown = true;
    void client.chat.logIn('ann', 'correct horse').catch(() => {});
    await settled();

    expect(client.chat.state).toMatchObject({
      name: 'waiting',
      retryAt: client.clock.time() + 500,
      fault: { message: 'There is nobody.' },
    });
  });

  it('is tried again where it throws before there is a connection', async () => {
    const hub = new FakeHub();
    let tries = 0;
    const dial: Dial = (listener) => {
      if (++tries < 3) throw new Error('No.');
      return hub.dial(listener);
    };
    const client = new FakeClient(hub, new FakeClock(), { dial });
    const loggedIn = client.chat.logIn('ann', 'correct horse');
    await settled();
    expect(client.chat.state).toMatchObject({ name: 'waiting', fault: { message: 'No.' } });
    await client.clock.advance(2_000);

    expect([(await loggedIn).me.userName, tries]).toEqual(['ann', 3]);
  });

  it.each(['HTTP://Chat.Test', 'http://chat.test/', 'http://chat.test/chat', 'http://chat.test:80/chat/'])(
    'finds the server at %s',
    (url) => expect(settle({ url }).server).toBe('http://chat.test'),
  );

  it.each(['chat.test', 'ftp://chat.test', 'http://', 'http://[', 'http://chat.test/?token=x'])(
    'refuses %s, which is no server, at once',
    (url) => expect(() => settle({ url })).toThrow(TypeError),
  );

  it('is given up for good by a signal', async () => {
    const client = new FakeClient();
    client.hub.isDown = true;
    const enough = new AbortController();
    const loggingIn = client.chat.logIn('ann', 'correct horse', { signal: enough.signal });
    enough.abort(new Error('enough'));

    await expect(loggingIn).rejects.toThrow('enough');
    const lines = client.hub.lines.length;
    await client.clock.advance(60_000);
    expect([client.chat.state.name, client.hub.lines.length]).toEqual(['ended', lines]);
  });

  it('resumes by the token, asks for what was missed, and says that it is live only then', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.line.break();
    client.hub.say('lobby', 'missed');
    client.told.length = 0;
    await client.clock.advance(1_000);

    expect(client.hub.line.asked.slice(0, 2)).toMatchObject([
      { method: 'Resume', request: { token: 'the token' } },
      { method: 'Resync', request: { epoch: 'e1', have: { lobby: 0 }, inboxSeq: 0 } },
    ]);
    expect(client.states).toEqual(['connecting', 'resyncing', 'live']);
    expect(client.texts).toEqual(['missed']);
  });

  it('leaves a server that says nothing for 11 s', async () => {
    const client = await FakeClient.loggedIn();
    const { line } = client.hub;
    await client.clock.advance(10_000);
    line.ping();
    await client.clock.advance(10_999);
    expect(line.isDropped).toBe(false);
    await client.clock.advance(1);

    expect(line.isDropped).toBe(true);
    expect(client.chat.state).toMatchObject({ name: 'waiting', fault: { message: 'The server said nothing for 11 seconds.' } });
  });

  it('leaves a connection that stays half open, and tries another', async () => {
    const client = new FakeClient();
    client.hub.isMute = true;
    void client.chat.logIn('ann', 'correct horse');
    await client.clock.advance(13_000);

    expect(client.hub.lines.map((line) => line.isDropped)).toEqual([true, false]);
  });

  it('does not wait when somebody asks for it', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.line.break();
    client.chat.retryNow();
    await settled();

    expect(client.chat.state.name).toBe('live');
  });

  it('ends where the token is refused, and the client may log in anew', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('Resume', () => someRefusal('sessionEnded'));
    await client.reconnects();
    expect(client.chat.state).toMatchObject({ name: 'ended', reason: 'refused', why: { code: 122 } });
    await expect(client.chat.sessions()).rejects.toBeInstanceOf(ChatRefusedError);

    await client.chat.logIn('ann', 'correct horse');
    expect(client.chat.state.name).toBe('live');
  });

  it('ends with the session, and says why', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.line.tell('SessionEnded', { reason: 'passwordChanged' });
    await client.clock.advance(60_000);

    expect(client.chat.state).toMatchObject({ name: 'ended', reason: 'passwordChanged' });
    expect(client.hub.lines.length).toBe(1);
  });

  it('says again after a reconnect that nobody touches the device', async () => {
    const client = await FakeClient.loggedIn();
    await client.chat.setPresence({ idle: true });
    await client.reconnects();

    expect(client.hub.line.asked).toContainEqual({ method: 'SetPresence', request: { idle: true } });
  });
});

describe('A session in the cookie', () => {
  const cookie = (status = 204) => vi.fn(async (_url: string, _init: { method: string }) => ({ ok: status < 400, status }));

  it('is put there right after log-in, and no token is shown to anybody from then on', async () => {
    const fetch = cookie();
    const client = await FakeClient.loggedIn(new FakeHub(), { session: 'cookie', fetch });
    await client.reconnects();

    expect(fetch.mock.calls).toMatchObject([
      ['http://chat.test/session', { method: 'POST', headers: { Authorization: 'Bearer the token' }, credentials: 'include' }],
    ]);
    expect(client.chat.session).not.toHaveProperty('token');
    expect(client.hub.askedFor('Resume')).toMatchObject([{ token: undefined }]);
  });

  it('resumes without a word', async () => {
    const client = new FakeClient(new FakeHub(), undefined, { session: 'cookie', fetch: cookie() });
    await client.chat.resume();

    expect(client.hub.askedFor('Resume')).toMatchObject([{ token: undefined }]);
  });

  it('where it cannot be put there, says so, and goes on with the token in memory', async () => {
    const client = new FakeClient(new FakeHub(), undefined, { session: 'cookie', fetch: cookie(503) });
    const loggedIn = client.chat.logIn('ann', 'correct horse');
    for (let second = 0; second < 10; second++) {
      client.hub.line.ping();
      await client.clock.advance(1_000);
    }
    await loggedIn;
    await client.reconnects();

    expect(client.values('error')).toMatchObject([{ message: 'POST /session was answered with 503.' }]);
    expect(client.hub.askedFor('Resume')).toMatchObject([{ token: 'the token' }]);
  });

  it('is taken away at log-out', async () => {
    const fetch = cookie();
    const client = await FakeClient.loggedIn(new FakeHub(), { session: 'cookie', fetch });
    await client.chat.logOut();

    expect(fetch.mock.calls.at(-1)).toMatchObject(['http://chat.test/session', { method: 'DELETE' }]);
    expect(client.chat.state).toMatchObject({ name: 'ended', reason: 'loggedOut' });
  });
});

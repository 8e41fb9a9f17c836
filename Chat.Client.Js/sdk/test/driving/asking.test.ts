import { describe, expect, it } from 'vitest';
import { FakeClient } from '../support/fake-client.js';
import { settled } from '../support/fake-clock.js';
import { someRefusal } from '../support/some.js';

describe('A call', () => {
  it('waits for the connection, and is made again where that broke before the answer', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('ListSessions', () => 'nothing');
    const sessions = client.chat.call('ListSessions', {});
    await settled();
    client.hub.instead.clear();
    await client.reconnects();
    await sessions;

    expect(client.hub.askedFor('ListSessions').length).toBe(2);
  });

  it('that may not be made twice says that its outcome is not known', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('Announce', () => 'nothing');
    const announced = client.chat.announce('hello');
    await settled();
    client.hub.line.break();

    await expect(announced).rejects.toMatchObject({ name: 'outcomeUnknown' });
    expect(client.hub.askedFor('Announce').length).toBe(1);
  });

  it('is refused with what the server said, and the connection stays', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('GetProfile', () => someRefusal('rateLimited', { retryable: true, retryAfterMs: 1_500, field: 'userName' }));

    await expect(client.chat.profile('bob')).rejects.toMatchObject({
      code: 102,
      name: 'rateLimited',
      retryable: true,
      retryAfterMs: 1_500,
      field: 'userName',
    });
    expect([client.chat.state.name, client.hub.lines.length]).toEqual(['live', 1]);
  });

  it('is made again where the server is busy, five times at most', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('GetProfile', () => someRefusal('serverBusy', { retryable: true, retryAfterMs: 500 }));
    const profile = client.chat.profile('bob').catch((no: Error) => no.name);
    await client.clock.advance(5_000);

    expect(await profile).toBe('serverBusy');
    expect(client.hub.askedFor('GetProfile').length).toBe(5);
  });

  it('that is too large is refused without being asked: the server would end the connection', async () => {
    const client = await FakeClient.loggedIn();
    const names = Array.from({ length: 20_000 }, (_, place) => `somebody${place}`);

    await expect(client.chat.lobby!.invite(names)).rejects.toMatchObject({ name: 'tooLarge', code: 101, retryable: false });
    expect([client.hub.askedFor('Invite'), client.chat.state.name]).toEqual([[], 'live']);
  });

  it('is waited for no longer than its signal says', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.isDown = true;
    client.hub.line.break();
    const enough = new AbortController();
    const profile = client.chat.profile('bob', { signal: enough.signal });
    enough.abort(new Error('enough'));

    await expect(profile).rejects.toThrow('enough');
  });
});

describe('Reading', () => {
  it('goes on behind the last entries, over a reconnect, without a gap or a repeat', async () => {
    const client = await FakeClient.loggedIn();
    for (const text of ['one', 'two']) client.hub.say('lobby', text);
    const read: string[] = [];
    const reading = (async () => {
      for await (const message of client.chat.lobby!.messages()) if (read.push(message.text ?? '') === 6) return;
    })();
    await settled();
    client.hub.say('lobby', 'three');
    client.hub.line.break();
    for (const text of ['four', 'five']) client.hub.say('lobby', text);
    await client.clock.advance(1_000);
    client.hub.say('lobby', 'six');
    await reading;

    expect(read).toEqual(['one', 'two', 'three', 'four', 'five', 'six']);
  });

  it('may be slow: what does not wait for it is read from the transcript', async () => {
    const client = await FakeClient.loggedIn();
    const entries = client.chat.lobby!.entries({ tail: 0 });
    client.hub.say('lobby', '0');
    const first = entries.next();
    await settled();
    client.hub.say('lobby', '1');
    await first;
    for (let number = 2; number <= 600; number++) client.hub.say('lobby', `${number}`);
    const seqs: number[] = [];
    while (seqs.length < 599) seqs.push(((await entries.next()).value as { seq: number }).seq);
    await entries.return();

    expect(seqs).toEqual(Array.from({ length: 599 }, (_, place) => place + 3));
    expect(client.hub.askedFor('ReadTranscript').length).toBeGreaterThan(1);
  });

  it('waits where it asks more often than the server allows', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.say('lobby', 'one');
    client.hub.instead.set('ReadTranscript', () => someRefusal('rateLimited', { retryable: true, retryAfterMs: 100 }));
    const read = client.chat.lobby!.read(1).next();
    await client.clock.advance(950);
    expect(client.hub.askedFor('ReadTranscript').length).toBe(10);
    client.hub.instead.clear();
    await client.clock.advance(50);

    expect((await read).value).toMatchObject({ text: 'one' });
  });

  it('ends with its signal, and with the client', async () => {
    const client = await FakeClient.loggedIn();
    const enough = new AbortController();
    const [one, other] = [client.chat.lobby!.entries({ signal: enough.signal }).next(), client.chat.lobby!.entries().next()];
    one.catch(() => {});
    other.catch(() => {});
    await settled();
    enough.abort(new Error('enough'));
    await expect(one).rejects.toThrow('enough');
    client.chat.dispose();

    await expect(other).rejects.toMatchObject({ name: 'ChatDisposedError' });
  });
});

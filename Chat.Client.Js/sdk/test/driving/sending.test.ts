import { describe, expect, it } from 'vitest';
import { ChatDisposedError } from '../../src/errors.js';
import { MemoryOutbox } from '../../src/outbox/memory.js';
import { FakeClient } from '../support/fake-client.js';
import { FakeClock, settled } from '../support/fake-clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { someDraft, someRefusal } from '../support/some.js';

describe('What is sent', () => {
  it('is pending at once and stored in the end', async () => {
    const client = await FakeClient.loggedIn();
    const sent = client.chat.lobby!.send('hello');
    expect(sent.state).toBe('pending');

    expect(await sent.done).toMatchObject({ conversation: 'lobby', seq: 1 });
    expect([sent.state, sent.receipt?.seq]).toEqual(['stored', 1]);
  });

  it('offline is sent in order, once, when the connection is back', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.isDown = true;
    client.hub.line.break();
    const sent = ['one', 'two', 'three'].map((text) => client.chat.lobby!.send(text));
    await client.clock.advance(5_000);
    client.hub.isDown = false;
    await client.clock.advance(10_000);
    await Promise.all(sent.map((one) => one.done));

    expect(client.hub.texts('lobby')).toEqual(['one', 'two', 'three']);
  });

  it('is sent again with the same id when no answer comes, and stored once', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('SendMessage', () => 'nothing');
    const sent = client.chat.lobby!.send('hello');
    await settled();
    client.hub.line.ping();
    await client.clock.advance(9_000);
    client.hub.line.ping();
    client.hub.instead.clear();
    await client.clock.advance(1_000);
    await sent.done;

    expect(client.hub.askedFor('SendMessage').map((request) => request.clientMessageId)).toEqual([
      sent.clientMessageId,
      sent.clientMessageId,
    ]);
  });

  it('is stored once where the answer was lost with the connection', async () => {
    const client = await FakeClient.loggedIn();
    const send = client.hub.answer.bind(client.hub);
    client.hub.answer = (asked) => {
      const answer = send(asked);
      if (asked.method !== 'SendMessage') return answer;
      client.hub.answer = send;
      return undefined;
    };
    const sent = client.chat.lobby!.send('hello');
    client.hub.line.tell = () => {};
    await settled();
    await client.reconnects();
    await sent.done;

    expect(client.hub.texts('lobby')).toEqual(['hello']);
    expect(client.texts).toEqual(['hello']);
  });

  it('goes one at a time in a conversation, and does not wait for another conversation', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.transcripts.set('c2', []);
    client.hub.instead.set('SendMessage', ({ conversation }: { conversation: string }) =>
      conversation === 'lobby' ? 'nothing' : undefined,
    );
    for (const text of ['one', 'two']) client.chat.lobby!.send(text);
    await client.chat.conversation('c2').send('other').done;

    expect(client.hub.askedFor('SendMessage').map((request) => request.text)).toEqual(['one', 'other']);
  });

  it('waits as long as a refusal says that passes', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('SendMessage', () => someRefusal('rateLimited', { retryable: true, retryAfterMs: 2_000 }));
    const sent = client.chat.lobby!.send('hello');
    await client.clock.advance(1_999);
    expect(client.hub.askedFor('SendMessage').length).toBe(1);
    client.hub.instead.clear();
    await client.clock.advance(1);
    await sent.done;

    expect(sent.state).toBe('stored');
  });

  it('fails where it is refused for good, is shown so, and can be tried again with the same id or discarded', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('SendMessage', () => someRefusal('forbidden'));
    const [sent, other] = [client.chat.lobby!.send('hello'), client.chat.lobby!.send('other')];
    await expect(sent.done).rejects.toMatchObject({ name: 'forbidden', code: 107, retryable: false });
    await expect(other.done).rejects.toThrow();
    expect(client.chat.lobby!.outgoing.map((one) => one.state)).toEqual(['failed', 'failed']);

    client.hub.instead.clear();
    other.discard();
    sent.retry();
    expect(sent.state).toBe('pending');
    await sent.done;
    expect(client.hub.texts('lobby')).toEqual(['hello']);
    expect(
      client.hub
        .askedFor('SendMessage')
        .map((request) => request.clientMessageId)
        .at(-1),
    ).toBe(sent.clientMessageId);
    expect(client.chat.outgoing).toEqual([]);
  });

  it('is shown until its entry is told, and then no more', async () => {
    const client = await FakeClient.loggedIn();
    const tell = client.hub.line.tell.bind(client.hub.line);
    client.hub.line.tell = () => {}; // the entry is late
    const sent = client.chat.lobby!.send('hello');
    await sent.done;
    expect(client.chat.lobby!.outgoing).toEqual([sent]);
    tell('EntriesAppended', client.hub.batch('lobby', 1));

    expect(client.chat.lobby!.outgoing).toEqual([]);
    const [changed, told] = [
      client.told.findLastIndex((one) => one.event === 'outboxChanged'),
      client.told.findIndex((one) => one.event === 'entries'),
    ];
    expect(changed, 'the draft goes before its entry comes').toBeLessThan(told);
  });

  it('is not sent before it is kept', async () => {
    const outbox = new MemoryOutbox();
    const open = outbox.open.bind(outbox);
    let keep = () => {};
    outbox.open = async (...args) => ({ ...(await open(...args)), keep: () => new Promise((resolve) => (keep = resolve)) });
    const client = await FakeClient.loggedIn(new FakeHub(), { outbox });
    const sent = client.chat.lobby!.send('hello');
    await settled();
    expect(client.hub.askedFor('SendMessage')).toEqual([]);
    keep();
    await sent.done;

    expect(client.hub.texts('lobby')).toEqual(['hello']);
  });

  it('in the middle of a reload is sent by the next page, with the same id, before what that one writes', async () => {
    const outbox = new MemoryOutbox();
    const hub = new FakeHub();
    const first = await FakeClient.loggedIn(hub, { outbox });
    hub.instead.set('SendMessage', () => 'nothing');
    const sent = [first.chat.lobby!.send('one'), first.chat.lobby!.send('two')];
    await settled();
    first.chat.dispose();
    await expect(sent[0]!.done).rejects.toBeInstanceOf(ChatDisposedError);
    hub.instead.clear();

    const second = new FakeClient(hub, new FakeClock(), { outbox });
    const resumed = second.chat.resume('the token');
    second.chat.conversation('lobby').send('three');
    await resumed;
    await settled();
    await settled();

    expect(hub.texts('lobby')).toEqual(['one', 'two', 'three']);
    expect(hub.askedFor('SendMessage').map((request) => request.clientMessageId)).toContain(sent[0]!.clientMessageId);
    expect(second.chat.outgoing).toEqual([]);
  });

  it('leaves nothing behind on the device when the user logs out', async () => {
    const outbox = new MemoryOutbox();
    const client = await FakeClient.loggedIn(new FakeHub(), { outbox });
    client.hub.instead.set('SendMessage', () => 'nothing');
    client.chat.lobby!.send('hello');
    await client.chat.logOut();

    expect((await outbox.open('http://chat.test', 'u1', () => {})).drafts).toEqual([]);
  });

  it('goes on in memory, and says so, where nothing can be kept', async () => {
    const client = await FakeClient.loggedIn(new FakeHub(), { outbox: { open: () => Promise.reject(new Error('It is private here.')) } });
    await client.chat.lobby!.send('hello').done;

    expect(client.values('outboxVolatile')).toMatchObject([{ message: 'It is private here.' }]);
  });

  it('fails at once, offline too, where it is too large, and leaves the way free for the next', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.line.break();
    const [large, small] = [client.chat.lobby!.send('x'.repeat(140_000)), client.chat.lobby!.send('small')];
    expect([large.state, large.refused?.name, large.refused?.field]).toEqual(['failed', 'tooLarge', 'text']);
    await expect(large.done).rejects.toMatchObject({ name: 'tooLarge' });
    await client.clock.advance(1_000);
    await small.done;

    expect(client.hub.texts('lobby')).toEqual(['small']);
    expect(client.hub.lines.length).toBe(2);
  });

  it('of an earlier page is not sent where it is too large, and can be discarded', async () => {
    const outbox = new MemoryOutbox();
    const kept = await outbox.open('http://chat.test', 'u1', () => {});
    for (const text of ['x'.repeat(140_000), 'small']) await kept.keep({ draft: someDraft(text, 'lobby'), queuedAt: 0 });
    kept.close();
    const client = await FakeClient.loggedIn(new FakeHub(), { outbox });
    await settled();

    expect(client.hub.texts('lobby')).toEqual(['small']);
    expect(client.chat.outgoing).toMatchObject([{ state: 'failed', refused: { code: 101 } }]);
    client.chat.outgoing[0]!.discard();
    expect([client.chat.outgoing, client.hub.lines.length]).toEqual([[], 1]);
  });

  it('about a message is not tried again in another history, where it would hit another message', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.instead.set('DeleteMessage', () => someRefusal('forbidden'));
    const deletion = client.chat.lobby!.delete(1);
    await expect(deletion.done).rejects.toMatchObject({ name: 'forbidden' });
    client.hub.instead.clear();
    client.hub.epoch = 'e2';
    await client.reconnects();
    deletion.retry();

    await expect(deletion.done).rejects.toMatchObject({ name: 'noSuchMessage' });
    expect(client.hub.askedFor('DeleteMessage').length).toBe(1);
  });

  it('is refused where too much waits already', async () => {
    const client = await FakeClient.loggedIn(new FakeHub(), { outboxLength: 2 });
    client.hub.instead.set('SendMessage', () => 'nothing');
    for (const text of ['one', 'two']) client.chat.lobby!.send(text);

    expect(() => client.chat.lobby!.send('three')).toThrow('2 drafts are waiting');
  });
});

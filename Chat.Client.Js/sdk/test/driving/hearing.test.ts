import { describe, expect, it } from 'vitest';
import { FakeClient } from '../support/fake-client.js';
import { settled } from '../support/fake-clock.js';
import { ANN, BOB, someInbox, someProfile } from '../support/some.js';

describe('What is told', () => {
  it('comes once and in order over a reconnect, with what was missed', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.say('lobby', 'one');
    client.hub.line.break();
    for (const text of ['two', 'three']) client.hub.say('lobby', text);
    await client.clock.advance(1_000);
    client.hub.say('lobby', 'four');

    expect(client.texts).toEqual(['one', 'two', 'three', 'four']);
    expect(client.seqs).toEqual([1, 2, 3, 4]);
  });

  it('does not come twice where the server says it twice', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.say('lobby', 'one');
    client.hub.line.tell('EntriesAppended', client.hub.batch('lobby', 1));

    expect(client.texts).toEqual(['one']);
  });

  it('waits where something is missing before it, until that is there', async () => {
    const client = await FakeClient.loggedIn();
    const tell = client.hub.line.tell.bind(client.hub.line);
    client.hub.line.tell = () => {};
    for (const text of ['one', 'two']) client.hub.say('lobby', text);
    client.hub.line.tell = tell;
    client.hub.say('lobby', 'three');
    expect(client.texts).toEqual([]);
    await settled();
    await settled();

    expect(client.texts).toEqual(['one', 'two', 'three']);
  });

  it('of a conversation that was silent so far is not missed either', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.line.break();
    client.hub.say('lobby', 'the first ever');
    await client.clock.advance(1_000);

    expect(client.texts).toEqual(['the first ever']);
  });

  it('is the new history where an older backup was restored', async () => {
    const client = await FakeClient.loggedIn();
    for (const text of ['one', 'two']) client.hub.say('lobby', text);
    client.hub.line.break();
    client.hub.epoch = 'e2';
    client.hub.transcripts.set('lobby', client.hub.transcripts.get('lobby')!.slice(0, 1));
    client.told.length = 0;
    await client.clock.advance(1_000);
    client.hub.say('lobby', 'another two');

    expect(client.values('begun')).toEqual([{ conversation: 'lobby', from: 1, reset: true }]);
    expect(client.texts).toEqual(['one', 'another two']);
  });

  it('disturbs nobody where a handler throws or its promise is broken', async () => {
    const client = await FakeClient.loggedIn();
    const heard: number[] = [];
    client.chat.on('entries', () => {
      throw new Error('thrown');
    });
    client.chat.on('entries', async () => {
      throw new Error('broken');
    });
    client.chat.on('entries', (batch) => heard.push(batch.to));
    client.hub.say('lobby', 'one');
    client.hub.say('lobby', 'two');
    await settled();

    expect(heard).toEqual([1, 2]);
    expect(
      client
        .values('error')
        .map((fault) => (fault as Error).message)
        .sort(),
    ).toEqual(['broken', 'broken', 'thrown', 'thrown']);
    expect(client.chat.state.name).toBe('live');
  });

  it('ends with its signal, or by the function that listening returned', async () => {
    const client = await FakeClient.loggedIn();
    const heard: string[] = [];
    const enough = new AbortController();
    client.chat.on('entries', () => heard.push('signal'), { signal: enough.signal });
    const end = client.chat.on('entries', () => heard.push('function'));
    client.hub.say('lobby', 'one');
    enough.abort();
    end();
    client.hub.say('lobby', 'two');

    expect(heard).toEqual(['signal', 'function']);
  });

  it('may be answered by sending, without getting before what is still to be told', async () => {
    const client = await FakeClient.loggedIn();
    client.chat.on('entries', (batch) => {
      if (batch.entries.some((entry) => entry.kind === 'message' && entry.text === 'ping')) client.chat.lobby!.send('pong');
    });
    client.hub.say('lobby', 'ping');
    await settled();

    expect(client.texts).toEqual(['ping', 'pong']);
  });

  it('that cannot be understood is told as an error, and asked for again over another connection', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.line.tell('EntriesAppended', undefined as never);
    expect(client.values('error').length).toBe(1);
    await client.clock.advance(1_000);
    client.hub.say('lobby', 'one');

    expect(client.hub.lines.length).toBe(2);
    expect(client.texts).toContain('one');
  });

  it('holds the whole list after log-in, and again where more was missed than is told one by one', async () => {
    const client = await FakeClient.loggedIn();
    client.hub.line.break();
    const answer = client.hub.answer.bind(client.hub);
    client.hub.answer = (asked) => {
      const usual = answer(asked) as { value: object } & ReturnType<typeof answer>;
      if (asked.method !== 'Resync') return usual;
      return { value: { ...usual!.value, inbox: { from: 901, head: 1_000, skipped: { from: 1, to: 900 } } }, refusal: null };
    };
    await client.clock.advance(1_000);

    expect(client.values('listed').map((rows) => rows.map((row) => row.conversation))).toEqual([['lobby'], ['lobby']]);
  });

  it('of one’s own profile is asked for when another device changed it', async () => {
    const client = await FakeClient.loggedIn();
    const profiles: string[] = [];
    client.chat.on('profile', (profile) => profiles.push(profile.displayName));
    client.hub.session = { ...client.hub.session, me: { ...someProfile(), displayName: 'Ann the Second', version: 2 } };
    client.hub.line.tell('InboxAppended', someInbox({ kind: 'profileEdited', seq: 1, sentAt: 0, version: 2 }));
    await settled();

    expect([profiles, client.chat.me?.displayName]).toEqual([['Ann the Second'], 'Ann the Second']);
  });
});

describe('Typing', () => {
  it('is told at most once in 3 s, and not at all while disconnected', async () => {
    const client = await FakeClient.loggedIn();
    for (let key = 0; key < 10; key++) client.chat.lobby!.typing();
    await client.clock.advance(3_000);
    client.chat.lobby!.typing();
    client.hub.isMute = true;
    client.hub.line.break();
    await client.clock.advance(3_000);
    expect(client.chat.state.name).toBe('connecting');
    client.chat.lobby!.typing();

    expect(client.hub.askedFor('Typing').length).toBe(2);
  });

  it('of others is handed on', async () => {
    const client = await FakeClient.loggedIn();
    const heard: string[] = [];
    client.chat.on('typing', (notice) => heard.push(notice.person.userName));
    client.hub.line.tell('TypingChanged', { conversation: 'lobby', person: BOB });
    client.hub.line.tell('TypingChanged', { conversation: 'lobby', person: ANN });

    expect(heard).toEqual(['bob', 'ann']);
  });
});

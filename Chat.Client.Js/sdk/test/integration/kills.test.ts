import { afterEach, describe, expect, it } from 'vitest';
import type { ChatClient, Message } from '../../src/index.js';
import { messagePack } from '../../src/msgpack.js';
import { all, becomes, PASSWORD, People } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';

let server: ServerProcess;
let people: People;

afterEach(async () => {
  people.leave();
  await server.stop();
});

describe.each([
  ['JSON', {}],
  ['MessagePack', { protocol: messagePack() }],
])('A server that is killed, by %s', (_, options) => {
  it('loses nothing and doubles nothing: the loop reads each seq once, and what was sent offline comes once and in order', async () => {
    server = await ServerProcess.start();
    people = new People(server.url, options);
    const [ann, bob, cyd] = [await people.register('ann'), await people.register('bob'), await people.register('cyd')];
    const plans = await ann.startConference(['bob', 'cyd']);
    const read: Message[] = [];
    const told: number[] = [];
    ann.on('entries', (batch) => told.push(...(batch.conversation === plans.id ? batch.entries.map((entry) => entry.seq) : [])));
    const reading = read_(ann, plans.id, read, 205);
    const writing = Promise.all([write(bob, plans.id, 'bob', 100), write(cyd, plans.id, 'cyd', 100)]);

    await until(() => read.length > 20);
    await server.kill();
    await becomes(ann, 'waiting');
    const offline = [1, 2, 3, 4, 5].map((number) => plans.send(`offline ${number}`));
    await server.begin();
    await Promise.all([writing, reading, ...offline.map((one) => one.done)]);

    expect(read.map((message) => message.seq)).toEqual(Array.from({ length: 205 }, (_, place) => place + 2));
    expect(told.filter((seq) => seq > 1)).toEqual(read.map((message) => message.seq));
    expect(textsOf(read, 'offline')).toEqual([1, 2, 3, 4, 5].map((number) => `offline ${number}`));
    for (const name of ['bob', 'cyd'])
      expect(textsOf(read, name)).toEqual(Array.from({ length: 100 }, (_, place) => `${name} ${place + 1}`));
  });
});

describe('A server', () => {
  it('that is started after its clients is waited for', async () => {
    server = await ServerProcess.notYet();
    people = new People(server.url);
    const ann = people.client();
    const registered = ann.register('ann', PASSWORD);
    await becomes(ann, 'waiting');
    await server.begin();

    expect((await registered).me.userName).toBe('ann');
  });

  it('that is killed again and again stores once each what was sent meanwhile', async () => {
    server = await ServerProcess.start();
    people = new People(server.url);
    const ann = await people.register('ann');
    const sent = [];
    for (let kill = 0; kill < 3; kill++) {
      for (let number = 1; number <= 30; number++) sent.push(ann.lobby!.send(`${kill * 30 + number}`));
      await server.restart();
    }
    await Promise.all(sent.map((one) => one.done));

    const stored = (await all(ann.lobby!.read(1))).flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []));
    expect(stored).toEqual(Array.from({ length: 90 }, (_, place) => `${place + 1}`));
  });
});

async function read_(chat: ChatClient, conversation: string, read: Message[], count: number): Promise<void> {
  for await (const message of chat.conversation(conversation).messages()) if (read.push(message) === count) return;
}

async function write(chat: ChatClient, conversation: string, name: string, count: number): Promise<void> {
  for (let number = 1; number <= count; number++) await chat.conversation(conversation).send(`${name} ${number}`).done;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const textsOf = (messages: Message[], beginning: string) =>
  messages.flatMap((message) => (message.text?.startsWith(beginning) ? [message.text] : []));

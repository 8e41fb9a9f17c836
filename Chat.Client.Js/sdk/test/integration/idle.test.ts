import { setTimeout as passed } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { messagePack } from '../../src/msgpack.js';
import { becomes, People } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';

/** Longer than the server waits for a client that says it pings every 5 s. */
const IDLE = 15_000;

it('Clients that say nothing stay connected, because they ping, by JSON and by MessagePack', async () => {
  const server = await ServerProcess.start();
  const people = new People(server.url);
  const ann = await people.register('ann');
  people.options.protocol = messagePack();
  const bob = await people.register('bob');
  const lost = Promise.race([becomes(ann, 'waiting'), becomes(bob, 'waiting')]).then(() => 'lost');

  expect(await Promise.race([lost, passed(IDLE, 'still there')])).toBe('still there');
  people.leave();
  await server.stop();
});

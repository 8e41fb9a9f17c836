import { expect, it } from 'vitest';
import { Cable } from '../support/cable.js';
import { becomes, first, People } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';

/** The bound, 12 s, is proved on a virtual clock; here there is room for a busy machine, but not for SignalR's own watch, which is set to 22 s. */
const WELL_BELOW_SIGNALR = 20_000;

it('A client finds out by itself that its connection died without a word, comes back and misses nothing', async () => {
  const server = await ServerProcess.start();
  const cable = await Cable.to(server.url);
  const people = new People(cable.url);
  const ann = await people.register('ann');
  const bob = await new People(server.url).register('bob');

  cable.pull();
  const pulled = performance.now();
  const sent = bob.lobby!.send('is anybody there?');
  await becomes(ann, 'waiting');
  const noticed = performance.now() - pulled;
  const [message] = await first(1, ann.lobby!.messages());

  expect(noticed).toBeLessThan(WELL_BELOW_SIGNALR);
  expect(message).toMatchObject({ seq: (await sent.done).seq, text: 'is anybody there?' });
  people.leave();
  bob.dispose();
  cable.close();
  await server.stop();
});

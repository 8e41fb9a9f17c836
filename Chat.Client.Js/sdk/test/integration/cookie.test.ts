import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemoryOutbox } from '../../src/index.js';
import { becomes, PASSWORD, People } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';

let server: ServerProcess;
let people: People;

beforeAll(async () => {
  server = await ServerProcess.start();
  people = new People(server.url);
});

afterAll(async () => {
  people.leave();
  await server.stop();
});

/** What a browser does: a page of the server's origin, with a cookie that its script does not see. */
function browser() {
  const headers: Record<string, string> = { Origin: server.url };
  const fetchAsPage = async (url: string, init: { method: string; headers: Record<string, string> }) => {
    const answer = await fetch(url, { ...init, headers: { ...init.headers, Origin: server.url } });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie !== undefined) headers.Cookie = cookie;
    return answer;
  };
  return { session: 'cookie', headers, fetch: fetchAsPage, outbox: new MemoryOutbox() } as const;
}

it('A page holds no token, comes back by the cookie after a reload and a restart of the server, and cannot after log-out', async () => {
  const surroundings = browser();
  const page = people.client(surroundings);
  const session = await page.register('ann', PASSWORD);
  expect(JSON.stringify([session, page.session])).not.toContain('token');
  page.dispose();

  const reloaded = people.client(surroundings);
  expect((await reloaded.resume()).me.userName).toBe('ann');
  await server.kill();
  await becomes(reloaded, 'waiting');
  const sent = reloaded.lobby!.send('written meanwhile');
  await server.begin();
  await sent.done;

  await reloaded.logOut();
  await expect(people.client(surroundings).resume()).rejects.toMatchObject({ name: 'notLoggedIn' });
});

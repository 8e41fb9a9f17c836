import { type Browser, type BrowserContext, type BrowserContextOptions, test as base, expect } from '@playwright/test';
import { ChatClient } from 'signalrchat';
import { Person, password } from './person';
import { Server } from './server';

export { expect };

interface Fixtures {
  /** A server of the test's own: in a Lobby that others share, what one of them says is found by the next. */
  server: Server;
  /** What the server that only this test has is told besides: `test.use({ settings: ['--Presence:Grace=1'] })`. */
  settings: string[];
  /** A server that only this test has, to be killed and started. */
  ownServer: Server;
  /** A person with a browser of their own; registered where a name is given. */
  person: (name?: string, on?: Server, options?: BrowserContextOptions) => Promise<Person>;
  /** Somebody without a browser, for what would take long to type; their name is `me.userName`. */
  writer: (name: string, displayName?: string) => Promise<ChatClient>;
}

let made = 0;

/** Every person of every test is watched: a console error, a violated policy, a page error or a request to elsewhere fails the test. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern.
  server: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.end();
  },
  settings: [[], { option: true }],
  ownServer: async ({ settings }, use) => {
    const server = await Server.start(settings);
    await use(server);
    await server.end();
  },
  person: async ({ browser, server }, use) => {
    const people: Person[] = [];
    await use(async (name, on = server, options = {}) => {
      const person = await newPerson(browser, on.url, options);
      people.push(person);
      if (name) await person.register(uniqueName(name));
      return person;
    });
    for (const person of people) await person.page.context().close();
    expect(people.flatMap((person) => person.faults)).toEqual([]);
  },
  writer: async ({ server }, use) => {
    const clients: ChatClient[] = [];
    await use(async (name, displayName) => {
      const client = new ChatClient({ url: server.url });
      clients.push(client);
      await client.register(uniqueName(name), password, { displayName });
      return client;
    });
    for (const client of clients) client.dispose();
  },
});

/** No two people share a name, nor names that look alike: counted in letters, 1 and l would be one. */
export function uniqueName(name: string): string {
  return `${name}${process.pid}${++made}`;
}

async function newPerson(browser: Browser, url: string, options: BrowserContextOptions): Promise<Person> {
  const context: BrowserContext = await browser.newContext({ baseURL: url, ...options });
  return new Person(await context.newPage(), url);
}

import { type Browser, type BrowserContext, test as base, expect } from '@playwright/test';
import { Person } from './person';
import { Server } from './server';

export { expect };

interface Fixtures {
  /** A server that only this test has, to be killed and started. */
  ownServer: Server;
  /** A person with a browser of their own; registered where a name is given. */
  person: (name?: string, on?: Server) => Promise<Person>;
}

let made = 0;

/** Every person of every test is watched: a console error, a violated policy, a page error or a request to elsewhere fails the test. */
export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern.
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.end();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  ownServer: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.end();
  },
  person: async ({ browser, server }, use) => {
    const people: Person[] = [];
    await use(async (name, on = server) => {
      const person = await newPerson(browser, on.url);
      people.push(person);
      if (name) await person.register(uniqueName(name));
      return person;
    });
    for (const person of people) await person.page.context().close();
    expect(people.flatMap((person) => person.faults)).toEqual([]);
  },
});

/** Tests share a server; their people do not share a name. */
export function uniqueName(name: string): string {
  return `${name}${process.pid.toString(36)}${(++made).toString(36)}`;
}

async function newPerson(browser: Browser, url: string): Promise<Person> {
  const context: BrowserContext = await browser.newContext({ baseURL: url });
  return new Person(await context.newPage(), url);
}

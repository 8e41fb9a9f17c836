import type { BrowserContext } from '@playwright/test';
import { ChatClient } from 'signalrchat';
import { Person, password } from './person';
import type { Server } from './server';
import { test as base, uniqueName } from './test';

export { expect } from '@playwright/test';
export { uniqueName };

/** A user with a client of the SDK in the test itself, which says in milliseconds what would take seconds to type. */
export class Seeded {
  readonly #pages: Person[] = [];

  constructor(
    readonly chat: ChatClient,
    readonly server: Server,
    readonly name: string,
    readonly context: BrowserContext,
  ) {}

  /** Another tab of this user's browser, logged in without typing. */
  async open(path = '/'): Promise<Person> {
    const person = await this.blank();
    await person.page.goto(path);
    return person;
  }

  /** A tab with nothing in it yet, so that something can be set up before the page begins. */
  async blank(): Promise<Person> {
    const person = new Person(await this.context.newPage(), this.server.url);
    person.name = this.name;
    this.#pages.push(person);
    return person;
  }

  get faults(): string[] {
    return this.#pages.flatMap((person) => person.faults);
  }
}

interface Fixtures {
  /** Somebody with a user, a client and a browser that is logged in; the display name is the user name unless said. */
  user: (name: string, on?: Server, displayName?: string) => Promise<Seeded>;
}

export const test = base.extend<Fixtures>({
  user: async ({ browser, server }, use) => {
    const all: Seeded[] = [];
    await use(async (name, on = server, displayName) => {
      const userName = uniqueName(name);
      const chat = new ChatClient({ url: on.url });
      await chat.register(userName, password, { displayName });
      const browsing = new ChatClient({ url: on.url });
      const { token } = await browsing.logIn(userName, password);
      browsing.dispose();
      const context = await browser.newContext({ baseURL: on.url });
      await context.request.post('/session', { headers: { Authorization: `Bearer ${token}`, Origin: on.url } });
      const seeded = new Seeded(chat, on, userName, context);
      all.push(seeded);
      return seeded;
    });
    for (const { context, chat } of all) {
      chat.dispose();
      await context.close();
    }
    const faults = all.flatMap((each) => each.faults);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  },
});

import { randomUUID } from 'node:crypto';
import { ChatClient, type ChatClientOptions, type ChatEvents } from '../../src/index.js';

export const PASSWORD = randomUUID();

/** Clients of a real server, which come back twenty times as fast as those of people do. */
export class People {
  readonly #all: ChatClient[] = [];

  constructor(
    readonly url: string,
    readonly options: Partial<ChatClientOptions> = {},
  ) {}

  client(options: Partial<ChatClientOptions> = {}): ChatClient {
    const chat = new ChatClient({ url: this.url, random: () => -0.45, ...this.options, ...options });
    this.#all.push(chat);
    return chat;
  }

  async register(userName: string): Promise<ChatClient> {
    const chat = this.client();
    await chat.register(userName, PASSWORD);
    return chat;
  }

  leave(): void {
    for (const chat of this.#all) chat.dispose();
  }
}

/** What is told to this client from here on. */
export class Hearing<E extends keyof ChatEvents> {
  readonly #told: ChatEvents[E][] = [];
  #look = () => {};

  constructor(chat: ChatClient, event: E) {
    chat.on(event, (value) => {
      this.#told.push(value);
      this.#look();
    });
  }

  /** The first that is so, told already or still to come. */
  first(isSo: (value: ChatEvents[E]) => boolean): Promise<ChatEvents[E]> {
    return new Promise((resolve) => {
      this.#look = () => {
        const found = this.#told.find(isSo);
        if (found !== undefined) resolve(found);
      };
      this.#look();
    });
  }
}

/** Ends when the client is in this state, now or later. */
export function becomes(chat: ChatClient, name: ChatClient['state']['name']): Promise<void> {
  return new Promise((resolve) => {
    const end = chat.on('stateChanged', (state) => state.name === name && done());
    const done = () => {
      end();
      resolve();
    };
    if (chat.state.name === name) done();
  });
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** The first so many. */
export async function first<T>(count: number, source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) if (items.push(item) === count) break;
  return items;
}

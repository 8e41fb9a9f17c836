import type { Dial } from './driving/dial.js';
import { hubAt } from './driving/hub.js';
import type { ChatClientOptions } from './options.js';
import type { Outbox } from './outbox/outbox.js';
import { usualOutbox } from './outbox/usual.js';
import { type Clock, type Fetch, globals, systemClock } from './surroundings.js';

/** The options of a client, with what was left out. */
export interface Settings {
  /** Without the hub and without a slash at the end. */
  readonly server: string;
  readonly isCookieKept: boolean;
  readonly outbox: Outbox;
  readonly outboxLength: number;
  readonly device: string | undefined;
  readonly program: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  readonly dial: Dial;
}

export function settle(options: ChatClientOptions): Settings {
  const server = serverOf(options.url);
  return {
    server,
    isCookieKept: options.session === 'cookie',
    outbox: options.outbox ?? usualOutbox(),
    outboxLength: options.outboxLength ?? 10_000,
    device: options.device,
    program: options.program ?? 'signalrchat',
    fetch: options.fetch ?? ((url, init) => globals.fetch(url, init)),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    dial: options.dial ?? hubAt(`${server}/chat`, options.protocol, options.headers),
  };
}

function serverOf(url: string): string {
  const server = /^(https?:\/\/[^/?#\s]+[^?#\s]*)$/i.exec(url)?.[1];
  if (server === undefined)
    throw new TypeError(`A chat client needs the address of its server, such as http://localhost:5080; this is none: ${url}`);
  // The scheme is as good in capitals, but not to whoever connects.
  return new globals.URL(server).href.replace(/\/+$/, '').replace(/\/chat$/, '');
}

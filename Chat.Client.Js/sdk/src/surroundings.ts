// The little that this package asks of where it runs, by shape: browsers and Node have it all, and no DOM is needed to compile.

/** What an `AbortSignal` is. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The part of `fetch` that the session cookie needs. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; credentials: 'include' },
) => Promise<{ readonly ok: boolean; readonly status: number }>;

/** What tells the time. Milliseconds throughout. */
export interface Clock {
  /** Monotonic, from any beginning. */
  now(): number;

  /** Since 1970-01-01 UTC. */
  time(): number;

  /** Rings once after that long, unless the function it returns is called before. */
  after(ms: number, ring: () => void): () => void;
}

/** What a `IHubProtocol` of `@microsoft/signalr` is. */
export interface HubProtocol {
  readonly name: string;
  readonly version: number;
  readonly transferFormat: number;
  // biome-ignore lint/suspicious/noExplicitAny: only SignalR knows what its protocols take.
  parseMessages(input: any, logger: any): any[];
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  writeMessage(message: any): any;
}

interface Globals {
  setTimeout(ring: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  performance: { now(): number };
  crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };
  fetch: Fetch;
  TextEncoder: new () => { encode(text: string): Uint8Array };
  URL: new (url: string) => { readonly href: string };
  navigator?: { locks?: Locks };
  indexedDB?: unknown;
}

/** The part of the Web Locks API that lets clients in several tabs know of each other's end. */
export interface Locks {
  request(name: string, options: { signal?: Signal }, held: () => Promise<unknown>): Promise<unknown>;
  query(): Promise<{ held?: { name?: string }[] }>;
}

export const globals = globalThis as unknown as Globals;

export const systemClock: Clock = {
  now: () => globals.performance.now(),
  time: () => Date.now(),
  after(ms, ring) {
    const handle = globals.setTimeout(ring, Math.min(ms, 2 ** 31 - 1));
    return () => globals.clearTimeout(handle);
  },
};

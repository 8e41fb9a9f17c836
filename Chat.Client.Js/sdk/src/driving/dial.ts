import type { Answer, HubEvents, HubMethods } from '../contract.js';

/** One connection to the hub, from its opening to its end. */
export interface Line {
  /** Ends once the transport and the handshake are done. */
  open(): Promise<void>;

  /** @throws LineLost The connection ended before the answer. Whatever else is thrown is a fault of the server. */
  ask<M extends keyof HubMethods>(method: M, request: HubMethods[M]['request']): Promise<Answer<HubMethods[M]['value']>>;

  /** Ends the connection without waiting for anything. */
  drop(): void;
}

/** Who is told what a connection brings. */
export interface Listener {
  told<E extends keyof HubEvents>(event: E, argument: HubEvents[E]): void;

  /** Anything came, be it only a ping. */
  heard(): void;

  /** An open connection ended. */
  lost(fault: Error | undefined): void;
}

/** Makes a connection, not yet open. */
export type Dial = (listener: Listener) => Line;

export class LineLost extends Error {
  override readonly name = 'LineLost';
}

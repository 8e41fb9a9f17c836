import {
  HttpTransportType,
  type HubConnection,
  HubConnectionBuilder,
  HubConnectionState,
  type IHubProtocol,
  JsonHubProtocol,
  LogLevel,
} from '@microsoft/signalr';
import type { Answer, HubEvents, HubMethods } from '../contract.js';
import { PING_EVERY, SILENCE_LIMIT } from '../rules/liveness.js';
import type { HubProtocol } from '../surroundings.js';
import { type Dial, type Line, LineLost, type Listener } from './dial.js';

// Every event of the hub; a name that is missing, or is none, does not compile.
const EVENTS: { readonly [E in keyof HubEvents]: true } = {
  EntriesAppended: true,
  InboxAppended: true,
  TypingChanged: true,
  PresenceChanged: true,
  ProfileChanged: true,
  ReadMarkMoved: true,
  Announced: true,
  SessionEnded: true,
  ServerClosing: true,
};

/** Connections by SignalR: one WebSocket each, without negotiation, so that no server needs to see two requests of one client. */
export function hubAt(url: string, protocol: HubProtocol = new JsonHubProtocol(), headers: Record<string, string> = {}): Dial {
  return (listener) => {
    const connection = new HubConnectionBuilder()
      .withUrl(url, { skipNegotiation: true, transport: HttpTransportType.WebSockets, headers })
      .withHubProtocol(listening(protocol as IHubProtocol, listener))
      .withKeepAliveInterval(PING_EVERY)
      // The driver's own watch over the server's silence comes first.
      .withServerTimeout(2 * SILENCE_LIMIT)
      .configureLogging(LogLevel.None)
      .build();
    for (const event of Object.keys(EVENTS) as (keyof HubEvents)[]) connection.on(event, (argument) => listener.told(event, argument));
    connection.onclose((fault) => listener.lost(fault));
    return new HubLine(connection);
  };
}

class HubLine implements Line {
  readonly #connection: HubConnection;

  constructor(connection: HubConnection) {
    this.#connection = connection;
  }

  open(): Promise<void> {
    return this.#connection.start();
  }

  async ask<M extends keyof HubMethods>(method: M, request: HubMethods[M]['request']): Promise<Answer<HubMethods[M]['value']>> {
    try {
      return await this.#connection.invoke(method, request);
    } catch (fault) {
      // SignalR tells a call in many ways that its connection ended; its state is the one sure sign.
      if (this.#connection.state !== HubConnectionState.Connected) throw new LineLost(String(fault));
      throw fault;
    }
  }

  drop(): void {
    this.#connection.stop().catch(() => {}); // nobody waits for a connection that was given up
  }
}

// SignalR tells nobody of the server's pings; what is read of the wire passes here.
function listening(protocol: IHubProtocol, listener: Listener): IHubProtocol {
  return {
    name: protocol.name,
    version: protocol.version,
    transferFormat: protocol.transferFormat,
    writeMessage: (message) => protocol.writeMessage(message),
    parseMessages(input, logger) {
      listener.heard();
      return protocol.parseMessages(input, logger);
    },
  };
}

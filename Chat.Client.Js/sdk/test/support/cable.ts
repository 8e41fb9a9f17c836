import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A cable between clients and a server. Pulled, it swallows what either side says on the connections there are and tells nobody; new connections
 * pass.
 */
export class Cable {
  readonly #listener: Server;
  readonly #strands = new Set<Strand>();

  private constructor(server: URL) {
    this.#listener = createServer((client) => this.#strands.add(new Strand(client, connect(Number(server.port), server.hostname))));
  }

  static async to(server: string): Promise<Cable> {
    const cable = new Cable(new URL(server));
    cable.#listener.listen(0, '127.0.0.1');
    await once(cable.#listener, 'listening');
    return cable;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#listener.address() as AddressInfo).port}`;
  }

  pull(): void {
    for (const strand of this.#strands) strand.isPulled = true;
  }

  close(): void {
    this.#listener.close();
    for (const strand of this.#strands) strand.end();
  }
}

class Strand {
  readonly #sockets: [Socket, Socket];
  isPulled = false;

  constructor(client: Socket, server: Socket) {
    this.#sockets = [client, server];
    this.#carry(client, server);
    this.#carry(server, client);
  }

  end(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #carry(from: Socket, to: Socket): void {
    from.on('data', (bytes) => this.isPulled || to.write(Uint8Array.from(bytes)));
    from.on('error', () => {}); // reset: it is closed next
    from.on('close', () => this.isPulled || to.destroy());
  }
}

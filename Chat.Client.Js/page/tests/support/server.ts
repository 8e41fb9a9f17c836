import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = process.env.CHAT_SERVER ?? join(import.meta.dirname, '../../../../Chat.Server/bin/Debug/net10.0/Chat.Server.dll');
// A test does in a minute what a user does in a day, and all its people come from one address.
const settings = [
  ...['Sends=1000', 'SendsPerMinute=60000', 'Searches=1000', 'SearchesPerMinute=60000', 'Calls=1000', 'CallsPerMinute=60000'].map(
    (each) => `--RateLimits:${each}`,
  ),
  '--Login:RegistrationsPerAddress=1000',
  '--Login:PasswordIterations=1000',
  '--Administrators:0=boss',
];
const running = new Set<ChildProcess>();

// A test run that is ended early leaves no server behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The real server in a process of its own, with a data folder of its own, at a free port. */
export class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), 'chat-page-'));
  #process: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    readonly more: string[],
  ) {}

  /** @param more Settings, as the command line has them. */
  static async start(more: string[] = []): Promise<Server> {
    const server = new Server(`http://127.0.0.1:${await freePort()}`, more);
    await server.begin();
    return server;
  }

  /** Starts it, also again: at the same address on the same data. */
  async begin(): Promise<void> {
    const child = spawn('dotnet', [program, '--urls', this.url, '--data', this.#folder, ...settings, ...this.more], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    running.add(child);
    await new Promise<void>((ready, failed) => {
      child.once('exit', (code) => failed(new Error(`The server ended with ${code}.`)));
      createInterface(child.stdout!).on('line', (line) => {
        if (line.startsWith('Data: ')) ready();
      });
    });
  }

  /** As a power cut does it. */
  kill(): Promise<void> {
    return this.#stop('SIGKILL');
  }

  /** Ends it in good order. Its database is one file then. */
  async close(): Promise<Buffer> {
    await this.#stop('SIGTERM');
    return readFileSync(join(this.#folder, 'chat.db'));
  }

  /** Puts a backup in the place of the database of a server that has ended, with another epoch. */
  restore(backup: Buffer, epoch: string): void {
    const restored = backup.toString('latin1').replaceAll(epoch, [...epoch].reverse().join(''));
    writeFileSync(join(this.#folder, 'chat.db'), restored, 'latin1');
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #stop(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
    running.delete(child);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

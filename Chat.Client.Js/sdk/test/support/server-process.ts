import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './places.js';

const PROGRAM = ['Release', 'Debug']
  .map((configuration) => join(ROOT, 'Chat.Server', 'bin', configuration, 'net10.0', 'Chat.Server.dll'))
  .filter((program) => existsSync(program))
  .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)[0];

/** The settings of a server that lets tests register and write as fast as they can. */
const RELAXED = [
  '--Login:PasswordIterations=1000',
  '--Login:RegistrationsPerAddress=0',
  '--RateLimits:Enabled=false',
  '--Presence:Grace=1',
];

// A test run that is ended early leaves no server behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const one of running) one.kill('SIGKILL');
});

/** The real server in a process of its own, with a data folder of its own. */
export class ServerProcess {
  #process: ChildProcess | undefined;

  private constructor(
    readonly url: string,
    readonly folder: string,
  ) {}

  static async start(): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'chat-js-'));
    const server = new ServerProcess(`http://127.0.0.1:${await freePort()}`, folder);
    await server.begin();
    return server;
  }

  /** A server that is still to come up, at the address it will have. */
  static async notYet(): Promise<ServerProcess> {
    return new ServerProcess(`http://127.0.0.1:${await freePort()}`, await mkdtemp(join(tmpdir(), 'chat-js-')));
  }

  /** Starts it, also again after a kill: at the same address, on the same data. */
  async begin(): Promise<void> {
    if (PROGRAM === undefined) throw new Error('Build the server first: dotnet build Chat.Server');
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('CHAT_')));
    const started = spawn('dotnet', [PROGRAM, '--urls', this.url, '--data', join(this.folder, 'data'), ...RELAXED], {
      cwd: this.folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = started;
    running.add(started);
    started.once('exit', () => running.delete(started));
    let said = '';
    await new Promise<void>((ready, failed) => {
      const hear = (chunk: Buffer) => {
        said += chunk;
        if (said.includes('Data: ')) ready();
      };
      started.stdout.on('data', hear);
      started.stderr.on('data', hear);
      started.once('exit', (code) => failed(new Error(`The server ended with ${code}.\n${said}`)));
    });
  }

  /** No word to anybody, nothing flushed. */
  async kill(): Promise<void> {
    const present = this.#process;
    if (present === undefined || !running.has(present)) return;
    present.kill('SIGKILL');
    await once(present, 'exit');
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.begin();
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

// Below the ports that the system hands out to outgoing connections: one that keeps trying to connect could otherwise be given the server's own.
async function freePort(): Promise<number> {
  while (true) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    const listener = createServer();
    const isFree = await new Promise<boolean>((answer) => {
      listener.once('error', () => answer(false)).listen(port, '127.0.0.1', () => answer(true));
    });
    await new Promise((closed) => listener.close(closed));
    if (isFree) return port;
  }
}

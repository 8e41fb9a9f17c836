import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD, People } from '../support/people.js';
import { PACKAGE } from '../support/places.js';
import { ServerProcess } from '../support/server-process.js';

let server: ServerProcess;
let people: People;

beforeAll(async () => {
  server = await ServerProcess.start();
  people = new People(server.url);
  await Promise.all([people.register('ann'), people.register('bob')]);
});

afterAll(async () => {
  people.leave();
  await server.stop();
});

it('The quick start of the README does what it says, in at most 12 lines', async () => {
  const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8');
  const lines = /```ts\n(import [\s\S]+?)```/.exec(readme)![1]!.trimEnd();
  expect(lines.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(12);

  // In the package, so that it finds the package by its name.
  const folder = await mkdtemp(join(PACKAGE, 'node_modules', '.quick-start-'));
  const program = join(folder, 'hello.mjs');
  await writeFile(program, `const password = process.argv[2];\n${lines.replace('http://localhost:5080', server.url)}`);
  const running = spawn('node', [program, PASSWORD], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const said = await new Promise<string>((heard, ended) => {
      let output = '';
      const hear = (chunk: Buffer) => {
        output += chunk;
        if (output.includes('\n')) heard(output);
      };
      running.stdout.on('data', hear);
      running.stderr.on('data', hear);
      running.once('exit', (code) => ended(new Error(`It ended with ${code}: ${output}`)));
    });
    expect(said).toBe('2 ann hello from JS\n');
  } finally {
    running.kill();
    await rm(folder, { recursive: true });
  }
});

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PACKAGE, ROOT } from '../support/places.js';

const BIN = join(ROOT, 'Chat.Client.Js', 'node_modules', '.bin');
let project: string;
let packed: string;

/** What a program says, and how it ends. */
const run = (folder: string, program: string, ...args: string[]) =>
  new Promise<{ code: number; output: string }>((done) => {
    execFile(program, args, { cwd: folder }, (fault, output, errors) =>
      done({ code: fault === null ? 0 : Number(fault.code), output: output + errors }),
    );
  });

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'chat-packed-'));
  const { output } = await run(PACKAGE, 'npm', 'pack', '--json', '--pack-destination', project);
  packed = join(project, JSON.parse(output.slice(output.indexOf('[\n'), output.lastIndexOf(']') + 1))[0].filename);
  await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }');
  const installed = await run(project, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', packed);
  expect(installed.code, installed.output).toBe(0);
});

afterAll(() => rm(project, { recursive: true, force: true }));

it('The package has one dependency, a licence and a README, and nothing but what is built', async () => {
  const { output } = await run(project, 'tar', 'tzf', packed);
  const files = output
    .trim()
    .split('\n')
    .map((file) => file.replace('package/', ''));

  expect(Object.keys(JSON.parse(await readFile(join(project, 'node_modules/signalrchat/package.json'), 'utf8')).dependencies)).toEqual([
    '@microsoft/signalr',
  ]);
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js', 'dist/index.d.ts', 'dist/msgpack.js']),
  );
  expect(files.filter((file) => !/^(LICENSE|README\.md|package\.json|dist\/.+\.(js|d\.ts))$/.test(file))).toEqual([]);
  expect(await readFile(join(PACKAGE, 'LICENSE'), 'utf8')).toBe(await readFile(join(ROOT, 'LICENSE'), 'utf8'));
});

it('An installed package is an ES module', async () => {
  await writeFile(
    join(project, 'run.mjs'),
    "import { ChatClient } from 'signalrchat'; console.log(new ChatClient({ url: 'http://localhost:5080' }).state.name);",
  );

  expect(await run(project, 'node', 'run.mjs')).toEqual({ code: 0, output: 'idle\n' });
});

it('Its types need no DOM, and a misspelled event, method or field does not compile', async () => {
  const right = `
    import { ChatClient, type Entry, Limits } from 'signalrchat';
    export const chat = new ChatClient({ url: 'http://localhost:5080', session: 'cookie' });
    export const end: () => void = chat.on('entries', (batch) => batch.entries.map((entry: Entry) => entry.kind === 'message' && entry.text));
    export const profile = await chat.call('GetProfile', { userName: 'bob' });
    export const length: 16384 = Limits.textLength;
    if (chat.state.name === 'waiting') chat.state.retryAt.toFixed();
    for await (const message of chat.conversation('lobby').messages()) message.author.userName.trim();`;
  const wrong = `
    import { chat } from './right.js';
    chat.on('entires', () => {});
    chat.call('GetProfil', { userName: 'bob' });
    chat.call('GetProfile', { usrName: 'bob' });
    chat.on('typing', (notice) => notice.persn);`;
  const options = { target: 'ES2023', lib: ['ES2023'], module: 'nodenext', strict: true, noEmit: true, types: [] };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['right.ts', 'wrong.ts'] }));
  await Promise.all([writeFile(join(project, 'right.ts'), right), writeFile(join(project, 'wrong.ts'), wrong)]);
  const { output } = await run(project, join(BIN, 'tsc'), '--pretty', 'false');

  expect(output.match(/^\w+\.ts\(\d+/gm)).toEqual(['wrong.ts(3', 'wrong.ts(4', 'wrong.ts(5', 'wrong.ts(6']);
});

it('publint and arethetypeswrong have nothing to say', async () => {
  const [linted, typed] = [
    await run(project, join(BIN, 'publint'), '--strict', packed),
    await run(project, join(BIN, 'attw'), packed, '--profile', 'esm-only'),
  ];

  expect(linted, linted.output).toMatchObject({ code: 0 });
  expect(typed, typed.output).toMatchObject({ code: 0 });
});

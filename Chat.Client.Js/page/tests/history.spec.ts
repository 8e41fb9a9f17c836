import type { ChatClient, ChatConversation } from 'signalrchat';
import type { MessageRow } from '../src/state/rows';
import { arrange } from '../src/timeline/arrange';
import type { Person } from './support/person';
import { expect, test } from './support/test';

const rowsAtMost = 250;

/** `line 1.` to `line n.`, in order. */
async function write(conversation: ChatConversation, count: number, from = 1): Promise<number[]> {
  const sent = Array.from({ length: count }, (_, at) => conversation.send(`line ${from + at}.`));
  return (await Promise.all(sent.map((each) => each.done))).map((receipt) => receipt.seq);
}

async function talk(person: Person, writer: (name: string) => Promise<ChatClient>): Promise<ChatConversation> {
  return (await writer('wes')).startPrivateChat(person.name);
}

async function readAll(person: Person, last: string): Promise<void> {
  await expect(person.log.getByRole('article').first()).toBeVisible();
  await person.log.press('End');
  await expect(person.message(last)).toBeInViewport();
}

/** Messages that have been read, in a conversation that is not looked at any more. */
async function readAndLeft(person: Person, conversation: ChatConversation, count: number): Promise<number[]> {
  const seqs = await write(conversation, count);
  await person.conversation('wes').click();
  await readAll(person, `line ${count}.`);
  await expect(person.conversation('wes')).not.toContainText('unread');
  await person.conversation('Lobby').click();
  return seqs;
}

/** More entries than a page holds, none of which has a row. */
async function reactToAndFro(conversation: ChatConversation, seq: number): Promise<void> {
  for (let turn = 0; turn < 30; turn++) {
    await conversation.react(seq, '👀').done;
    await conversation.unreact(seq, '👀').done;
  }
}

/** Scrolls towards one end, waits for the page that this asks for, and says how far what was in sight has moved. */
function turnPage(person: Person, to: 'older' | 'newer'): Promise<{ moved: number; rows: number; more: boolean }> {
  return person.log.evaluate(async (log, to) => {
    const rows = () => [...log.querySelectorAll<HTMLElement>('[data-key]')];
    const edge = () => rows().at(to === 'older' ? 0 : -1)?.dataset.key;
    const before = edge();
    log.scrollTop = to === 'older' ? 200 : log.scrollHeight - log.clientHeight - 200;
    const top = log.getBoundingClientRect().top;
    const line = rows().find((each) => each.getBoundingClientRect().top > top)!;
    const was = line.getBoundingClientRect().top;
    let moved = 0;
    const deadline = performance.now() + 20_000;
    const isDone = () => edge() !== before || (to === 'older' && log.textContent?.includes('This is the beginning.'));
    while (!isDone() && performance.now() < deadline) {
      await new Promise(requestAnimationFrame);
      moved = Math.max(moved, Math.abs(line.getBoundingClientRect().top - was));
    }
    return { moved, rows: rows().length, more: edge() !== before };
  }, to);
}

test('sixty pages of history come as one scrolls, what is read stays where it is, and the window stays small, both ways', async ({
  person,
  writer,
}) => {
  test.slow();
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  const seqs = await write(conversation, 3_000);
  await ann.page.goto(`/c/${conversation.id}/${seqs.at(-1)}`);
  await expect(ann.message('line 3000.')).toBeVisible();

  let pages = 0;
  for (; pages < 80; pages++) {
    const { moved, rows, more } = await turnPage(ann, 'older');
    expect(moved, `page ${pages} moved what was read`).toBeLessThanOrEqual(2);
    expect(rows).toBeLessThanOrEqual(rowsAtMost);
    if (!more) break;
  }
  expect(pages).toBeGreaterThanOrEqual(57);
  await expect(ann.message('line 1.')).toHaveCount(1);

  // The other end was let go of: what comes now waits there, and is counted.
  await conversation.send('while you were away').done;
  await expect(ann.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  await expect(ann.message('while you were away')).toHaveCount(0);

  for (let down = 0; down < 5; down++) {
    const { moved, rows, more } = await turnPage(ann, 'newer');
    expect(more).toBe(true);
    expect(moved, `page ${down} moved what was read`).toBeLessThanOrEqual(2);
    expect(rows).toBeLessThanOrEqual(rowsAtMost);
  }
  const order = await ann.log.locator('[data-seq]').evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.seq)));
  expect(order).toEqual([...order].sort((one, other) => one - other));

  await ann.page.getByRole('button', { name: '1 new message' }).click();
  await expect(ann.message('while you were away')).toBeInViewport();
});

test('an address leads to its message, from where both directions can be read', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  const seqs = await write(conversation, 400);

  const flash = ann.log.locator('.flashing', { hasText: 'line 200.' }).waitFor();
  await ann.page.goto(`/c/${conversation.id}/${seqs[199]}`);
  await flash;
  await expect(ann.message('line 200.')).toBeInViewport();
  await expect(ann.message('line 400.')).toHaveCount(0);
  expect((await turnPage(ann, 'older')).more).toBe(true);
  expect((await turnPage(ann, 'newer')).more).toBe(true);
  await ann.page.getByRole('button', { name: 'To the newest' }).click();
  await expect(ann.message('line 400.')).toBeInViewport();
});

test('a conversation opens where reading left off, and the divider stays while one reads and goes with Esc', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  const read = await readAndLeft(ann, conversation, 60);

  await conversation.react(read.at(-1)!, '👀').done; // what comes first of the new is nothing that has a row
  const unread = await write(conversation, 60, 61);
  await expect(ann.conversation('wes')).toContainText('60 unread messages');
  await ann.conversation('wes').click();
  const divider = ann.log.getByRole('separator');
  await expect(divider).toBeInViewport();
  await expect(ann.message('line 61.')).toBeInViewport();
  await expect(divider.locator('xpath=following-sibling::article[1]')).toContainText('line 61.');
  // Only what has been in sight is marked as read.
  const readTo = async () => (await conversation.refresh()).members.find((each) => each.person.userName === ann.name)?.readSeq;
  await expect.poll(readTo).toBeGreaterThanOrEqual(unread[0]!);
  expect(await readTo()).toBeLessThan(unread[39]!);

  await conversation.send('one more').done;
  await expect(divider).toBeVisible();
  await ann.composer.press('Escape');
  await expect(divider).toHaveCount(0);

  await ann.page.getByRole('button', { name: 'new message' }).click();
  await expect(ann.message('one more')).toBeInViewport();
  await expect(ann.conversation('wes')).not.toContainText('unread');
});

test('history is reached also where the newest page of it has no rows', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  const seqs = await readAndLeft(ann, conversation, 30);

  await reactToAndFro(conversation, seqs.at(-1)!);
  await ann.page.goto(`/c/${conversation.id}`);
  await expect(ann.message('line 1.')).toBeVisible();
  await expect(ann.log.getByText('This is the beginning.')).toBeVisible();
  await expect(ann.message('line 30.')).toBeInViewport();
});

test('a conversation opens where reading left off also where more came behind it than a page holds', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  await readAndLeft(ann, conversation, 60);

  const [seq] = await write(conversation, 30, 61);
  await reactToAndFro(conversation, seq!);
  await ann.page.reload();
  await expect(ann.conversation('wes')).toContainText('30 unread messages');
  await ann.conversation('wes').click();
  await expect(ann.log.getByRole('separator')).toBeInViewport();
  await expect(ann.message('line 61.')).toBeInViewport();
});

test('what comes while a window in sight has no focus goes on at its end, however much it is', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  await write(conversation, 1);
  await ann.conversation('wes').click();
  await readAll(ann, 'line 1.');
  await ann.page.evaluate(() => {
    document.hasFocus = () => false;
  });

  for (let from = 2; from < 302; from += 50) await write(conversation, 50, from);
  await expect(ann.message('line 301.')).toBeInViewport();
  expect(await ann.log.getByRole('article').count()).toBeLessThanOrEqual(rowsAtMost);
  await expect(ann.page.getByRole('button', { name: 'To the newest' })).toHaveCount(0);
});

test('a conversation that was left in the middle of its history opens at its end again', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  const seqs = await write(conversation, 200);
  await ann.page.goto(`/c/${conversation.id}/${seqs.at(-1)}`);
  await expect(ann.message('line 200.')).toBeInViewport();
  await expect(ann.conversation('wes')).not.toContainText('unread');
  await ann.page.goto(`/c/${conversation.id}/${seqs[19]}`);
  await expect(ann.message('line 20.')).toBeInViewport();

  await ann.conversation('Lobby').click();
  await expect(ann.page.getByRole('heading', { name: 'Lobby' }).first()).toBeVisible();
  await ann.conversation('wes').click();
  await expect(ann.message('line 200.')).toBeInViewport();
  await expect(ann.page.getByRole('button', { name: 'To the newest' })).toHaveCount(0);
});

test('who reads elsewhere is not pulled along, and is told how much came', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  const seqs = await write(conversation, 60);
  await ann.conversation('wes').click();
  await readAll(ann, 'line 60.');

  // Close to the end one goes along.
  await ann.log.evaluate((log) => log.scrollBy(0, -60));
  await conversation.send('close by').done;
  await expect(ann.message('close by')).toBeInViewport();

  await ann.log.evaluate((log) => log.scrollBy(0, -500));
  const inSight = ann.message('line 30.');
  const before = (await inSight.boundingBox())!.y;
  await conversation.send('far below').done;
  await conversation.send('and another').done;
  await expect(ann.page.getByRole('button', { name: '2 new messages' })).toBeVisible();

  // What changes above what is read moves it as little: a longer text, a deletion, a reaction.
  await conversation.edit(seqs[2]!, `line 3.\n${'much longer now\n'.repeat(8)}`).done;
  await conversation.delete(seqs[3]!).done;
  await conversation.react(seqs[4]!, '🎉').done;
  await expect(ann.message('much longer now')).toContainText('(edited)');
  await expect(ann.message('Message deleted')).toHaveCount(1);
  await expect(ann.message('line 5.').getByRole('button', { name: 'reacted with 🎉' })).toBeAttached();
  expect(Math.abs((await inSight.boundingBox())!.y - before)).toBeLessThanOrEqual(2);

  await ann.log.press('End');
  await expect(ann.message('and another')).toBeInViewport();
  await expect(ann.page.getByRole('button', { name: 'new messages' })).toHaveCount(0);
});

test('days are parted, one author within five minutes is named once, and at midnight today becomes yesterday', async ({ person }) => {
  const ann = await person('ann');
  await ann.page.clock.install();
  await ann.start((await person('bob')).name);
  await ann.send('first');
  await ann.send('second');
  await expect(ann.message('second').locator('[data-tick=sent]')).toBeVisible();

  await expect(ann.log.getByRole('heading', { name: 'Today' })).toHaveCount(1);
  await expect(ann.message('first').getByRole('button', { name: ann.name })).toHaveCount(1);
  await expect(ann.message('second').getByRole('button', { name: ann.name })).toHaveCount(0);
  const time = ann.message('first').locator('time');
  await expect(time).toHaveText(/^\d{1,2}:\d\d$/);
  await expect(time).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT.*Z$/);
  await expect(time).toHaveAttribute('title', /\d{4} .*\d\d:\d\d/);

  await ann.page.clock.fastForward(await ann.page.evaluate(() => new Date().setHours(24, 0, 30, 0) - Date.now()));
  await expect(ann.log.getByRole('heading', { name: 'Yesterday' })).toHaveCount(1);
  await expect(ann.log.getByRole('heading', { name: 'Today' })).toHaveCount(0);
});

test('an author is named anew after five minutes, in an answer, and after somebody else', () => {
  const row = (author: string, minutes: number, replyTo?: number): MessageRow => ({
    kind: 'message',
    key: `${author} ${minutes}`,
    seq: 1,
    sentAt: minutes * 60_000,
    author: { user: author, userName: author, displayName: author },
    text: '',
    mentions: [],
    replyTo,
    edited: false,
    deleted: false,
    reactions: [],
    clientMessageId: '',
  });
  const rows = [row('ann', 0), row('ann', 4.9), row('ann', 9.9), row('bob', 10), row('bob', 11, 1), row('bob', 12)];
  expect(arrange(rows, null, 'cyd').map((line) => line.head)).toEqual([true, false, true, true, true, false]);
});

test('news is said once to who cannot see it, several together as a number, and history not at all', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  await write(conversation, 120);
  await ann.page.reload(); // what was told before is told to nobody who comes now
  await expect(ann.conversation('wes')).toContainText('120 unread messages');
  const announced = await ann.listen();
  await ann.conversation('wes').click();
  await expect(ann.page.getByRole('log', { name: /wes/ })).toHaveAttribute('aria-live', 'off');
  await readAll(ann, 'line 120.');
  expect((await turnPage(ann, 'older')).more).toBe(true);
  expect(await announced()).toEqual([]);

  await conversation.send('look at this').done;
  await expect.poll(announced).toEqual([expect.stringMatching(/^wes\w+: look at this$/)]);
  await write(conversation, 5, 121);
  // On a slow machine they are told in more than one part.
  const told = async () => (await announced()).slice(1).map((words) => Number.parseInt(words, 10) || 1);
  await expect.poll(async () => (await told()).reduce((sum, count) => sum + count, 0)).toBe(5);
  expect((await told()).length).toBeLessThan(5);
});

test('the same words are said again, and taken away when they have been said', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  await ann.page.goto(`/c/${conversation.id}`);
  await expect(ann.composer).toBeFocused();
  const announced = await ann.listen();
  const ok = expect.stringMatching(/^wes\w+: ok$/);

  await conversation.send('ok').done;
  await expect.poll(announced).toEqual([ok]);
  await conversation.send('ok').done;
  await expect.poll(announced).toEqual([ok, ok]);
  await expect(ann.page.locator('[data-announcer]')).toHaveText('');
});

test('news is said also where it never falls silent, for reactions', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  await ann.page.goto(`/c/${conversation.id}`);
  await expect(ann.composer).toBeFocused();
  const announced = await ann.listen();

  const { seq } = await conversation.send('well?').done;
  let turns = 0;
  const react = async () => {
    await (turns++ % 2 === 0 ? conversation.react(seq, '👍') : conversation.unreact(seq, '👍')).done;
    return announced();
  };
  await expect.poll(react, { intervals: [100], timeout: 20_000 }).toEqual([expect.stringMatching(/^wes\w+: well\?$/)]);
});

test('an empty conversation says so, and one that cannot be read says so and can be tried again', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  await write(conversation, 3);
  let reading: 'waits' | 'fails' | 'works' = 'waits';
  const waiting: (() => void)[] = [];
  await ann.page.routeWebSocket(/\/chat/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const asked = /"invocationId":"(\d+)","target":"ReadTranscript"/.exec(String(text));
      if (!asked || reading === 'works') return server.send(text);
      const refusal = { code: 100, name: 'invalid', text: 'No.', retryable: false };
      waiting.push(() => socket.send(`${JSON.stringify({ type: 3, invocationId: asked[1], result: { value: null, refusal } })}\x1e`));
      if (reading === 'fails') for (const refuse of waiting.splice(0)) refuse();
    });
  });
  await ann.page.goto(`/c/${conversation.id}`);
  await expect(ann.log.getByRole('status')).toHaveText('Loading');
  await expect(ann.log).toHaveAttribute('aria-busy', 'true');
  reading = 'fails';
  for (const refuse of waiting.splice(0)) refuse();
  await expect(ann.page.getByRole('heading', { name: 'The messages could not be read' })).toBeVisible();

  reading = 'works';
  await ann.page.getByRole('button', { name: 'Try again' }).click();
  await expect(ann.message('line 3.')).toBeVisible();

  await ann.page.getByRole('button', { name: 'New conversation' }).click();
  await ann.pick((await writer('eve')).me!.userName);
  await ann.page.getByRole('button', { name: 'Start the chat' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Nothing has been said yet' })).toBeVisible();
  await ann.send('now it has');
  await expect(ann.page.getByRole('heading', { name: 'Nothing has been said yet' })).toHaveCount(0);
});

test('nothing jumps while a conversation comes, with faces that come later', async ({ person, writer }) => {
  const ann = await person('ann');
  const wes = await writer('wes');
  await wes.editProfile({ avatar: '🦉' });
  const conversation = await wes.startPrivateChat(ann.name);
  const [first] = await write(conversation, 30);
  await conversation.send({ text: 'that was the first', replyTo: first }).done;
  await conversation.react(first!, '🎉').done;
  await ann.page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[])
        shifts.push(
          `${entry.value.toFixed(4)} ${entry.sources.map(({ node }) => (node as Element | undefined)?.className ?? node?.nodeName).join(', ')}`,
        );
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await ann.page.goto(`/c/${conversation.id}`);
  await expect(ann.message('that was the first').getByText('🦉')).toBeVisible();
  await expect(ann.conversation('wes')).toContainText('🦉');
  await expect(ann.conversation('wes').locator('time')).toBeVisible();
  const shifts = await ann.page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
  // A tenth is what counts as good; a thousandth nobody sees.
  expect(shifts.filter((each) => Number.parseFloat(each) > 0.001)).toEqual([]);
});

test('what comes out of order stands in order, each once', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await talk(ann, writer);
  await write(conversation, 3);
  let isMixed = false;
  const held: string[] = [];
  await ann.page.routeWebSocket(/\/chat/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => {
      const text = String(frame);
      // Of the news, the last comes first and the first last, and the middle one twice.
      if (!isMixed || !text.includes('"EntriesAppended"') || !/line \d/.test(text)) return socket.send(text);
      held.push(text);
      if (held.length < 3) return;
      isMixed = false;
      for (const at of [2, 1, 1, 0]) socket.send(held[at]!);
    });
  });
  await ann.page.goto(`/c/${conversation.id}`);
  await expect(ann.message('line 3.').first()).toBeVisible();
  isMixed = true;
  for (const [before, at] of [4, 5, 6].entries()) {
    await write(conversation, 1, at);
    await expect.poll(() => held.length).toBe(before + 1); // two that are told together would be one
  }

  await expect(ann.message('line')).toHaveText([1, 2, 3, 4, 5, 6].map((at) => new RegExp(`line ${at}\\.`)));
  expect(held).toHaveLength(3);
  await write(conversation, 1, 7);
  await expect(ann.message('line')).toHaveText([1, 2, 3, 4, 5, 6, 7].map((at) => new RegExp(`line ${at}\\.`)));
});

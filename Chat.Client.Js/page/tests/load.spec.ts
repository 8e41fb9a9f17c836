import { expect, test } from './support/test';

// One after the other: what the first one does to the machine is no matter of the second.
test.describe.configure({ mode: 'default' });

const seconds = Number(process.env.CHAT_LOAD_SECONDS ?? 30);
const perSecond = 100;
const typed = 'still here, still writing';

interface Seen {
  /** Milliseconds between pictures. */
  frames: number[];
  /** Milliseconds from a key to when the picture that shows it was made. */
  keys: number[];
}

test(`a hundred messages a second leave the page at hand and its memory as it was`, async ({ person, writer }) => {
  test.slow();
  const ann = await person('ann');
  const writers = await Promise.all(['wes', 'una', 'max', 'liv', 'kai'].map((name) => writer(name)));
  const names = writers.slice(1).map((each) => each.me!.userName);
  const conference = await writers[0]!.startConference([...names, ann.name], { title: 'Rush' });
  const talks = writers.map((each) => each.conversation(conference.id));
  await ann.page.goto(`/c/${conference.id}`);
  await expect(ann.composer).toBeFocused();
  // What is made once – styles, code, the window of rows – is made before it is measured.
  await Promise.all(Array.from({ length: 300 }, (_, at) => talks[at % 5]!.send(`before ${at}.`).done));
  await expect(ann.message('before 299.')).toBeVisible();

  const devtools = await ann.page.context().newCDPSession(ann.page);
  const heap = async () => {
    for (let times = 0; times < 3; times++) await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize / 1e6;
  };
  const before = await heap();
  await ann.page.evaluate(() => {
    const seen: Seen = { frames: [], keys: [] };
    Object.assign(globalThis, { seen });
    let last = performance.now();
    const frame = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    addEventListener('keydown', ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => seen.keys.push(performance.now() - timeStamp)));
    });
  });

  let sent = 0;
  let wrote: Promise<void> | undefined;
  const done: Promise<unknown>[] = [];
  const began = performance.now();
  while (sent < seconds * perSecond) {
    const due = Math.min(seconds * perSecond, Math.floor(((performance.now() - began) / 1_000) * perSecond));
    for (; sent < due; sent++) done.push(talks[sent % 5]!.send(`message ${sent}.`).done);
    await new Promise((resolve) => setTimeout(resolve, 10));
    // Somebody writes meanwhile.
    if (sent >= 500) wrote ??= ann.composer.pressSequentially(typed, { delay: (seconds * 600) / typed.length });
  }
  await Promise.all([...done, wrote]);
  const marker = await talks[0]!.send('that was all').done;
  await expect(ann.message('that was all')).toBeInViewport();
  await expect(ann.message('that was all')).toHaveAttribute('data-seq', String(marker.seq));

  const { frames, keys } = await ann.page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  const frame = quantile(frames, 0.99);
  const key = quantile(keys, 0.9);
  const growth = (await heap()) - before;
  test.info().annotations.push({
    type: 'load',
    description: `p99 frame ${frame.toFixed(0)} ms, ${frames.length} frames, p90 key ${key.toFixed(0)} ms, heap ${growth.toFixed(2)} MB`,
  });
  expect(await ann.log.locator('[data-key]').count()).toBeLessThanOrEqual(250);
  const seqs = await ann.log.locator('[data-seq]').evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.seq)));
  expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => one - other));
  await expect(ann.composer).toHaveValue(typed);
  // Half a second is what counts as poor; a machine that is busy with other tests is far from what a quiet one does.
  expect(frame).toBeLessThan(500);
  expect(key).toBeLessThan(500);
  expect(growth).toBeLessThan(5);
});

test('the first message is in sight within a second of asking for the page', async ({ person, writer }) => {
  const ann = await person('ann');
  const conversation = await (await writer('wes')).startPrivateChat(ann.name);
  await Promise.all(Array.from({ length: 100 }, (_, at) => conversation.send(`line ${at}.`).done));
  await ann.page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('article')) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { shownAfter: performance.now() })));
    }).observe(document, { childList: true, subtree: true });
  });
  const took: number[] = [];
  for (let times = 0; times < 5; times++) {
    await ann.page.goto(`/c/${conversation.id}`);
    await ann.page.waitForFunction(() => 'shownAfter' in globalThis);
    took.push(await ann.page.evaluate(() => (globalThis as unknown as { shownAfter: number }).shownAfter));
  }
  test.info().annotations.push({ type: 'load', description: `first message after ${took.map(Math.round).join(', ')} ms` });
  // The best of five: what else the machine does is no matter of the page.
  expect(Math.min(...took)).toBeLessThan(1_000);
});

const quantile = (all: number[], part: number) => all.sort((one, other) => one - other)[Math.floor(all.length * part)]!;

import { expect, test } from './support/test';

const seconds = Number(process.env.CHAT_LOAD_SECONDS ?? 10);
const perSecond = 100;

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
    const frames: number[] = [];
    let last = performance.now();
    const frame = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { frames });
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
    if (sent >= 500 && !wrote) wrote = ann.composer.fill('still here');
  }
  await Promise.all([...done, wrote]);
  const marker = await talks[0]!.send('that was all').done;
  await expect(ann.message('that was all')).toBeInViewport();
  await expect(ann.message('that was all')).toHaveAttribute('data-seq', String(marker.seq));

  const frames = await ann.page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  frames.sort((one, other) => one - other);
  const p99 = frames[Math.floor(frames.length * 0.99)]!;
  const growth = (await heap()) - before;
  test.info().annotations.push({
    type: 'load',
    description: `p99 frame ${p99.toFixed(0)} ms, ${frames.length} frames, heap ${growth.toFixed(2)} MB`,
  });
  expect(await ann.log.locator('[data-key]').count()).toBeLessThanOrEqual(250);
  const seqs = await ann.log.locator('[data-seq]').evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.seq)));
  expect(seqs).toEqual([...new Set(seqs)].sort((one, other) => one - other));
  await expect(ann.composer).toHaveValue('still here');
  expect(growth).toBeLessThan(5);
});

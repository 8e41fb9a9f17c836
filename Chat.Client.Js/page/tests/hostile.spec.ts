import type { Page } from '@playwright/test';
import { expect, test } from './support/test';

const zalgo = `Z${'\u0301\u0322'.repeat(4)}`;

/** What no name and no text may turn into anything but itself. */
const texts = {
  script: '<script>window.hacked = 1</script>',
  image: '<img src=x onerror="window.hacked = 1">',
  drawing: '<svg onload=window.hacked=1>',
  embedded: '<embed src="data:image/svg+xml,<svg onload=alert(1)>">',
  markdown: '[x](javascript:window.hacked=1) ![y](data:text/html,z)',
  template: '{@html 1} {{constructor.constructor("hacked=1")()}}',
  backwards: '\u202Eexe.fdp\u202C and \u2067on\u2066',
  marks: `${zalgo.repeat(40)}`,
  families: '👨‍👩‍👧‍👦'.repeat(60),
  telugu: 'జ్ఞ\u200C ا لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗',
  oneWord: 'w'.repeat(10_000),
  stars: '*'.repeat(5_000),
  quotes: '> '.repeat(1_000),
};

/** Nothing is wider than the window, and nothing was run. */
async function expectWhole(page: Page): Promise<void> {
  const { over, hacked } = await page.evaluate(() => ({
    over: [...document.querySelectorAll('nav, main, article, header, dialog[open], body')]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
      .map((each) => `${each.tagName} ${each.className}`),
    hacked: 'hacked' in window,
  }));
  expect(over).toEqual([]);
  expect(hacked).toBe(false);
}

test('hostile texts are shown as they were written, and the page stays whole', async ({ person, writer }) => {
  const ann = await person('ann');
  const wes = await writer('wes');
  const conversation = await wes.startPrivateChat(ann.name);
  const seqs: number[] = [];
  for (const text of Object.values(texts)) seqs.push((await conversation.send(text).done).seq);
  for (const [at, seq] of seqs.entries()) await conversation.send({ text: `answer ${at}`, replyTo: seq }).done;
  await ann.page.goto(`/c/${conversation.id}`);
  await expect(ann.message('answer 12')).toBeAttached();

  for (const [at, text] of Object.values(texts).entries()) {
    const row = ann.log.locator(`[data-seq="${seqs[at]}"] .text`);
    expect((await row.textContent())!.replaceAll(/\s/g, '')).toBe(at === 12 ? '>'.repeat(999) : text.replaceAll(/\s/g, ''));
  }
  await expect(ann.log.locator('article :is(script, img, svg:not([aria-hidden]), embed, a)')).toHaveCount(0);
  await expectWhole(ann.page);

  // Marks that pile up stay with their own line.
  const [marked, next] = await Promise.all([7, 8].map((at) => ann.log.locator(`[data-seq="${seqs[at]}"]`).boundingBox()));
  expect(next!.y).toBeGreaterThanOrEqual(marked!.y + marked!.height - 1);
  await ann.page.setViewportSize({ width: 320, height: 568 });
  await ann.page.waitForFunction(() => innerWidth === 320);
  await expectWhole(ann.page);
  expect(await ann.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('hostile names are shown as they were written wherever a name stands', async ({ person, writer }) => {
  const names = ['<script>window.hacked=1</script>', '<img src=x onerror="window.hacked = 1">', 'w'.repeat(64), '👨‍👩‍👧‍👦'.repeat(5)];
  const ann = await person('ann');
  for (const displayName of names) {
    const wes = await writer('wes', displayName);
    await wes.editProfile({ about: `${texts.image}\n${texts.oneWord.slice(0, 300)}` });
    const conference = await wes.startConference([ann.name], {
      openName: `room${wes.me!.userName}`,
      title: `${displayName}`.slice(0, 100),
    });
    await conference.rename('<svg onload=window.hacked=1>').catch(() => {});
    const said = await conference.send({ text: `hello @${ann.name}`, mentions: [ann.name] }).done;
    await conference.react(said.seq, '👍').done;

    await ann.page.goto(`/c/${conference.id}`);
    await expect(ann.message('hello').getByRole('button', { name: displayName, exact: true })).toBeVisible();
    await expect(ann.message('hello').getByRole('button', { name: 'reacted with 👍' })).toHaveAttribute(
      'title',
      `${displayName} reacted with 👍`,
    );
    await expect(ann.page.getByRole('heading', { name: '<svg onload=window.hacked=1>' })).toBeVisible();
    await expect(ann.page).toHaveTitle(/<svg onload=window\.hacked=1>/);
    await ann.page.getByRole('button', { name: 'Show the members' }).click();
    await expect(ann.page.getByRole('complementary').getByText(displayName)).toBeVisible();
    await expectWhole(ann.page);
    await ann.message('hello').getByRole('button', { name: displayName, exact: true }).click();
    await expect(ann.page.getByRole('dialog')).toContainText(displayName);
    await expect(ann.page.getByRole('dialog')).toContainText('<img src=x onerror="window.hacked = 1">');
    await expectWhole(ann.page);
  }
});

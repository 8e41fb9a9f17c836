import type { Page } from '@playwright/test';
import { expect, test } from './support/seeded';

test('on a small screen there is the list or a conversation, Back between them, and nothing to scroll sideways', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob', undefined, 'Bartholomew '.repeat(5).trim());
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send(`${'wide'.repeat(100)} and \`${'code'.repeat(60)}\``).done;
  const tab = await ann.blank();
  const { page } = tab;
  await page.setViewportSize({ width: 320, height: 568 });
  await page.goto('/');
  const list = page.getByRole('navigation');
  await expect(list.getByRole('link', { name: 'Bartholomew' })).toBeVisible();
  await expect(page.getByRole('log')).toHaveCount(0);
  await fits(page);
  await list.getByRole('link', { name: 'Bartholomew' }).click();
  await expect(tab.message('wide')).toBeVisible();
  await expect(list).toBeHidden();
  await expect(tab.composer).toBeInViewport();
  await fits(page);
  await page.getByRole('button', { name: 'Back to the conversations' }).click();
  await expect(list).toBeVisible();
  await page.goBack();
  await expect(tab.message('wide')).toBeVisible();
  await page.goForward();

  for (const choice of ['Settings', 'Edit the profile', 'Keyboard shortcuts']) {
    await page.getByRole('button', { name: 'You and this page' }).click();
    await page.getByRole('menuitem', { name: choice }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await fits(page);
    await page.keyboard.press('Escape');
  }
});

test('the keyboard of a touch screen covers neither the composer nor what was said last, whether it makes the page smaller or lies over it', async ({
  user,
}) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  for (let at = 1; at <= 30; at++) chat.send(`line ${at}`);
  await chat.send('the last').done;
  await ann.chat.conversation(chat.id).markRead((await ann.chat.getConversation(chat.id)).details!.head);
  const tab = await ann.blank();
  const { page } = tab;
  const [size, keyboard, moved] = [{ width: 320, height: 568 }, 260, 40];
  await page.setViewportSize(size);
  await page.goto(`/c/${chat.id}`);
  await expect(tab.message('the last')).toBeInViewport();
  await tab.composer.focus();

  await page.setViewportSize({ ...size, height: size.height - keyboard });
  await expect(tab.composer).toBeInViewport({ ratio: 1 });
  await expect(tab.message('the last')).toBeInViewport({ ratio: 1 });
  await page.setViewportSize(size);
  await expect.poll(() => page.evaluate(() => [document.documentElement.clientHeight, visualViewport!.height])).toEqual([568, 568]);
  // No keyboard comes back before the page has been drawn without it.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await page.locator('meta[name=viewport]').getAttribute('content')).toContain('interactive-widget=resizes-content');

  // As Safari does it: only what is seen is smaller, and moved down to the field.
  const over = (height: number, offsetTop: number) =>
    page.evaluate(
      (seen) => {
        for (const [name, value] of Object.entries(seen)) Object.defineProperty(visualViewport, name, { configurable: true, value });
        visualViewport!.dispatchEvent(new Event('resize'));
      },
      { height, offsetTop },
    );
  const inside = async (from: number, to: number) => {
    for (const each of [tab.composer, tab.message('the last'), page.getByRole('button', { name: 'Back to the conversations' })])
      await expect
        .poll(async () => {
          const { y, height } = (await each.boundingBox())!;
          return y >= from && y + height <= to;
        })
        .toBe(true);
  };
  await over(size.height - keyboard, moved);
  await inside(moved, moved + size.height - keyboard);
  await fits(page);
  await over(size.height, 0);
  await expect.poll(async () => (await tab.composer.boundingBox())!.y).toBeGreaterThan(size.height - keyboard);
  await inside(0, size.height);
});

test('at 200 % and with long names everywhere the page holds together', async ({ user }) => {
  const ann = await user('ann', undefined, 'W'.repeat(64));
  const bob = await user('bob', undefined, 'Ж'.repeat(64));
  const chat = await ann.chat.startConference([bob.name, (await user('cyd')).name], { title: 'M'.repeat(100) });
  await bob.chat.conversation(chat.id).send(`@${ann.name} ${'x'.repeat(500)}`).done;
  const tab = await ann.blank();
  for (const size of [
    { width: 1280, height: 800 },
    { width: 640, height: 400 },
  ]) {
    await tab.page.setViewportSize(size);
    await tab.page.goto(`/c/${chat.id}`);
    await expect(tab.message('xxxx')).toBeVisible();
    await fits(tab.page);
    await expect(tab.page.getByRole('button', { name: 'Conversation menu' })).toBeInViewport({ ratio: 1 });
    await expect(tab.composer).toBeInViewport({ ratio: 1 });
    await tab.page.getByRole('button', { name: 'Show the members' }).click();
    await expect(tab.page.getByRole('complementary').getByRole('listitem')).toHaveCount(3);
    await fits(tab.page);
  }
});

test('a chosen theme is there before the program of the page is, and System follows the system', async ({ user }) => {
  const ann = await user('ann');
  const { page } = await ann.open();
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'You and this page' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('dialog').getByText(name, { exact: true }).click();
    await page.keyboard.press('Escape');
  };
  const light = await ground();
  await choose('Dark');
  const dark = await ground();
  expect(dark).not.toBe(light);

  await page.route('**/app.js', () => {}); // never comes
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(ground).toBe(dark);
  await page.unroute('**/app.js');
  await page.reload();
  await choose('System');
  expect(await ground()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await ground()).toBe(dark);
});

test('who wants little motion gets none, and where the system gives the colours, what is chosen still shows', async ({ user }) => {
  const ann = await user('ann');
  const { page } = await ann.open();
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await page.getByRole('button', { name: 'New conversation' }).click();
  const longest = await page.evaluate(() =>
    Math.max(0, ...document.getAnimations().map((animation) => Number(animation.effect?.getComputedTiming().endTime ?? 0))),
  );
  expect(longest).toBeLessThanOrEqual(1);
  await page.keyboard.press('Escape');
  expect(await page.locator('[aria-current=page]').evaluate((link) => getComputedStyle(link).outlineStyle)).toBe('solid');
});

/** Nothing reaches over the edge, on the page or in what scrolls on it. */
async function fits(page: Page): Promise<void> {
  const over = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll<HTMLElement>('[role=log], nav, nav > div, main, dialog, .body, aside')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .map((each) => `${each.tagName}.${each.className} ${each.scrollWidth} > ${each.clientWidth}`),
  );
  expect(over).toEqual([]);
}

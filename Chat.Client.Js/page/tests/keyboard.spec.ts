import type { Page } from '@playwright/test';
import { password } from './support/person';
import { expect, test, uniqueName } from './support/seeded';

test('everything is done with the keys alone: register, find somebody, write, answer, react, change the profile, log out', async ({
  user,
  person,
}) => {
  const bob = await user('bob');
  const { page } = await person();
  await page.goto('/');
  await expect(page.getByLabel('User name')).toBeVisible();
  await tabTo(page, 'Create your user');
  await page.keyboard.press('Enter');
  await tabBackTo(page, 'User name');
  await page.keyboard.type(uniqueName('ann'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Message Lobby' })).toBeFocused();

  await tabBackTo(page, 'New conversation');
  await page.keyboard.press('Enter');
  await page.keyboard.type(bob.name);
  await expect(page.getByRole('dialog').getByRole('button', { name: bob.name })).toBeVisible();
  await tabTo(page, `@${bob.name}`);
  await page.keyboard.press('Space');
  await tabTo(page, 'Start the chat');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: `Message ${bob.name}` })).toBeFocused();
  await page.keyboard.type('by hand');
  await page.keyboard.press('Enter');
  const mine = page.getByRole('article').filter({ hasText: 'by hand' });
  await expect(mine.locator('[data-tick=sent]')).toBeVisible();

  await page.keyboard.press('Shift+Tab');
  await tabBackTo(page, `Messages in ${bob.name}`);
  await page.keyboard.press('ArrowUp');
  await expect(mine).toBeFocused();
  await tabTo(page, 'React');
  await page.keyboard.press('Enter');
  await page.keyboard.type('tada');
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(mine.getByRole('button', { name: /reacted with 🎉/ })).toHaveAttribute('aria-pressed', 'true');

  await tabTo(page, 'You and this page');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Log out' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('a dialog gives the focus back to where it was, and the list of shortcuts opens only outside of fields', async ({ user }) => {
  const ann = await user('ann');
  const { page } = await ann.open();
  await expect(page.getByRole('textbox', { name: 'Message Lobby' })).toBeFocused();
  await page.keyboard.type('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Message Lobby' })).toHaveValue('?');

  const opener = page.getByRole('button', { name: 'New conversation' });
  await opener.focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Find a person by name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('the arrows scroll a block of code that has the focus, and stay in a menu that is open', async ({ user }) => {
  const ann = await user('ann');
  const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
  await ann.chat.lobby!.send(['```', 'long '.repeat(100), ...lines, '```'].join('\n')).done;
  const tab = await ann.open();
  const { keyboard } = tab.page;
  const code = tab.log.locator('pre');
  await code.focus();
  await keyboard.press('ArrowDown');
  await expect.poll(() => code.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await keyboard.press('ArrowRight');
  await expect.poll(() => code.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  await expect(code).toBeFocused();

  await tab.act('line 1', 'More');
  const first = tab.page.getByRole('menuitem', { name: 'Copy the text' });
  await expect(first).toBeFocused();
  for (const key of ['ArrowRight', 'ArrowLeft']) {
    await keyboard.press(key);
    await expect(first).toBeFocused();
  }
});

test('the page has one heading of the first order, its landmarks, a title of its own for each conversation, and a way past the list', async ({
  user,
}) => {
  const ann = await user('ann');
  const { page } = await ann.open();
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  for (const landmark of ['navigation', 'main'] as const) await expect(page.getByRole(landmark)).toHaveCount(1);
  await page.getByRole('button', { name: 'Show the members' }).click();
  await expect(page.getByRole('complementary')).toHaveCount(1);
  await expect(page).toHaveTitle('Lobby · Chat');
  const notes = await ann.chat.startPrivateChat(ann.name);
  await page.goto(`/c/${notes.id}`);
  await expect(page).toHaveTitle('Notes to yourself · Chat');

  await tabBackTo(page, 'Skip to the messages');
  await expect(page.getByRole('link', { name: 'Skip to the messages' })).toBeFocused();
  await expect(page.getByRole('link', { name: 'Skip to the messages' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log')).toBeFocused();
});

const tabTo = (page: Page, name: string) => step(page, 'Tab', name);
const tabBackTo = (page: Page, name: string) => step(page, 'Shift+Tab', name);

/** Presses a key until what has this name has the focus, which is seen; a page that traps or loses it fails. */
async function step(page: Page, key: string, name: string): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const at = document.activeElement as HTMLElement;
      const labels = (at as HTMLInputElement).labels?.[0]?.textContent ?? '';
      return `${at.getAttribute('aria-label') ?? ''} ${labels} ${at.matches('a, button') ? at.textContent : ''}`;
    });
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused()).includes(name)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reached ${name}.`);
}

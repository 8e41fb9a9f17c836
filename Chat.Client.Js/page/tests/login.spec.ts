import { Person, password } from './support/person';
import { expect, test } from './support/seeded';

test('the form helps: names for the password store, a password that can be looked at, Caps Lock, and faults said at their fields', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ baseURL: server.url });
  const nobody = new Person(await context.newPage(), server.url);
  const { page } = nobody;
  await page.goto('/c/lobby');
  const name = page.getByLabel('User name');
  const secret = page.getByLabel('Password', { exact: true });
  await expect(name).toHaveAttribute('autocomplete', 'username');
  await expect(secret).toHaveAttribute('autocomplete', 'current-password');

  await page.keyboard.press('Tab');
  await name.press('Enter');
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription('This is needed.');
  await secret.fill('secret');
  await expect(secret).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show the password' }).click();
  await expect(secret).toHaveAttribute('type', 'text');
  await secret.evaluate((field) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true })));
  await expect(secret).toHaveAccessibleDescription('Caps Lock is on.');

  await page.getByRole('button', { name: 'Create your user' }).click();
  await expect(secret).toHaveAttribute('autocomplete', 'new-password');
  await name.fill('x');
  await page.locator('button[type=submit]').click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toBeFocused();
  await name.fill('some.body');
  await secret.fill('short');
  await page.locator('button[type=submit]').click();
  await expect(secret).toHaveAttribute('aria-invalid', 'true');
  expect(nobody.faults).toEqual([]);
  await context.close();
});

test('who tries too often is told how long to wait', async ({ browser, user, server }) => {
  const ann = await user('ann');
  const context = await browser.newContext({ baseURL: server.url });
  const nobody = new Person(await context.newPage(), server.url);
  await nobody.page.goto('/');
  const said = nobody.page.getByText(/Too many tries. Wait \d+ seconds?\./);
  let isTold = false;
  for (let tries = 0; tries < 30 && !isTold; tries++) {
    await nobody.page.getByLabel('User name').fill(ann.name);
    await nobody.page.getByLabel('Password', { exact: true }).fill(`${password}, not`);
    await nobody.page.locator('button[type=submit]').click();
    // It may stand for a second only.
    const answered = async () => {
      isTold = await said.isVisible();
      return isTold || (await nobody.page.locator('button[type=submit]').isEnabled());
    };
    await expect.poll(answered).toBe(true);
  }
  expect(isTold).toBe(true);
  expect(nobody.faults).toEqual([]);
  await context.close();
});

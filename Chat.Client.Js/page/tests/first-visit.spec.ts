import { expect, test, uniqueName } from './support/test';

test('who registers is in the Lobby with the composer focused, says hello, and finds it again after a reload', async ({ person }) => {
  const ann = await person('ann');
  await expect(ann.page.getByRole('heading', { name: 'Lobby' })).toBeVisible();
  await expect(ann.composer).toBeFocused();

  await ann.page.keyboard.type('hello');
  await ann.page.keyboard.press('Enter');

  await expect(ann.message('hello')).toHaveCount(1);
  await expect(ann.message('hello').locator('[data-tick=sent]')).toBeVisible();
  await expect(ann.composer).toHaveValue('');
  await expect(ann.composer).toBeFocused();

  await ann.page.reload();
  await expect(ann.message('hello')).toHaveCount(1);
});

test('nothing that script can read proves the session', async ({ person }) => {
  const ann = await person('ann');
  await ann.send('hello');
  await expect(ann.message('hello').locator('[data-tick=sent]')).toBeVisible();

  const kept = await ann.page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, databases.map((each) => each.name)]);
  });
  expect(kept).not.toMatch(/token|[A-Za-z0-9_-]{40,}/);
  const cookies = await ann.page.context().cookies();
  expect(cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite }))).toEqual([{ httpOnly: true, sameSite: 'Strict' }]);
});

test('a wrong password is said beside the form, and the right one leads where the link pointed', async ({ person }) => {
  const ann = await person('ann');
  await ann.send('look here');
  await expect(ann.message('look here').locator('[data-tick=sent]')).toBeVisible();
  const name = ann.name;
  const seq = await ann.message('look here').getAttribute('data-seq');

  const again = await person();
  await again.page.goto(`/c/lobby/${seq}`);
  await again.page.getByLabel('User name').fill(name);
  await again.page.getByLabel('Password', { exact: true }).fill('not the password');
  await again.page.locator('button[type=submit]').click();
  await expect(again.page.getByRole('alert')).toHaveText('User name or password is wrong.');

  const flash = again.log.locator('.flashing', { hasText: 'look here' }).waitFor(); // for a moment only
  await again.logIn(name);
  await flash;
});

test('a name that is taken is said at its field', async ({ person }) => {
  const ann = await person('ann');
  const other = await person();
  await other.page.goto('/');
  await other.page.getByRole('button', { name: 'Create your user' }).click();
  await other.logIn(ann.name);

  const field = other.page.getByLabel('User name');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(/taken/);
});

test('who logs out is out on this page, in its other tabs, and after a reload', async ({ person }) => {
  const ann = await person('ann');
  const tab = await ann.page.context().newPage();
  await tab.goto('/');
  await expect(tab.getByRole('heading', { name: 'Lobby' })).toBeVisible();

  await ann.page.getByRole('button', { name: 'You and this page' }).click();
  await ann.page.getByRole('menuitem', { name: 'Log out' }).click();

  await expect(ann.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await expect(tab.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await ann.page.reload();
  await expect(ann.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await ann.logIn(ann.name);
  await expect(ann.page.getByRole('heading', { name: 'Lobby' })).toBeVisible();
});

test('a display name in any script is shown as it was written', async ({ person }) => {
  const page = (await person()).page;
  await page.goto('/');
  await page.getByRole('button', { name: 'Create your user' }).click();
  await page.getByLabel('User name').fill(uniqueName('noa'));
  await page.getByLabel('Display name').fill('נועה <b>');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.locator('button[type=submit]').click();

  await expect(page.getByRole('navigation').getByText('נועה <b>', { exact: true })).toBeVisible();
});

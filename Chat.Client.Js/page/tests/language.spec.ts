import { bareWords, pseudoProgram } from './support/pseudo';
import { expect, test } from './support/seeded';

test('every word of the page is in the catalogue, and the page stands from right to left', async ({ user }) => {
  const program = await pseudoProgram();
  const ann = await user('ann');
  const bob = await user('bob', undefined, 'נועה לוי');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('שלום לך, dear friend').done;
  await ann.chat.conversation(ann.chat.session!.lobby!).send('Works').done;
  const works = await ann.chat.startConference([bob.name, (await user('cyd')).name], { title: 'Works' });
  await works.send(`see this, @${bob.name}`).done;
  await works.rename('Better works').then(() => works.remove(bob.name));
  const own = [
    ann.name,
    bob.name,
    'cyd',
    'נועה לוי',
    'שלום לך, dear friend',
    'Better works',
    'Works',
    'Chrome, Linux',
    'signalrchat',
    'Europe/Berlin',
    `see this, @${bob.name}`,
  ];
  const words = [...own, ...works.details!.members.map((member) => member.person.userName)].sort((one, other) => other.length - one.length);
  const tab = await ann.blank();
  const { page } = tab;
  await page.route('**/app.js', (route) => route.fulfill({ body: program, contentType: 'text/javascript' }));
  const look = async (where: string) => expect(await page.evaluate(bareWords, words), where).toEqual([]);

  await page.goto(`/c/${works.id}`);
  await expect(page.getByRole('article').filter({ hasText: 'see this' })).toBeVisible();
  await look('a conference');
  expect((await page.getByRole('navigation').boundingBox())!.x).toBeGreaterThan(600);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.getByRole('article').hover();
  await look('a message pointed at');
  await page.getByRole('button', { name: '⟦Show the members⟧' }).click();
  await expect(page.getByRole('complementary').getByRole('listitem').first()).toBeVisible();
  await look('the members');
  await page.getByRole('button', { name: '⟦New conversation⟧' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('a new conversation');
  await page.keyboard.press('Escape');
  for (const choice of ['⟦Settings⟧', '⟦Edit the profile⟧', '⟦Keyboard shortcuts⟧']) {
    await page.getByRole('button', { name: '⟦You and this page⟧' }).click();
    await page.getByRole('menuitem', { name: choice }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(choice);
    await page.keyboard.press('Escape');
  }
  for (const choice of ['⟦Invite people⟧', '⟦Rename⟧', '⟦Leave⟧']) {
    await page.getByRole('button', { name: '⟦Conversation menu⟧' }).click();
    await page.getByRole('menuitem', { name: choice }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(choice);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('navigation').getByRole('link', { name: 'נועה' }).click();
  await expect(page.getByRole('article')).toBeVisible();
  await look('a private chat');
  await page.context().clearCookies();
  await page.reload();
  await expect(page.getByLabel('⟦Password⟧', { exact: true })).toBeVisible();
  await look('log-in');
  await page.getByRole('button', { name: '⟦Create your user⟧' }).click();
  await look('registration');
});

test('Hebrew and English stand each in its own direction, in names as in messages', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob', undefined, 'נועה לוי');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('שלום, מה שלומך?').done;
  await chat.send('hello there').done;
  const tab = await ann.open(`/c/${chat.id}`);
  const direction = (text: string) => tab.log.getByText(text).evaluate((element) => getComputedStyle(element).direction);
  await expect(tab.message('hello there')).toBeVisible();
  expect(await direction('שלום, מה שלומך?')).toBe('rtl');
  expect(await direction('hello there')).toBe('ltr');
  expect(await tab.page.getByRole('heading', { name: 'נועה לוי' }).evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
});

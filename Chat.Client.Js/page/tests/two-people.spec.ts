import { expect, test } from './support/test';

test('two people see each other come, type, write and read', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');

  await ann.start(bob.name);
  await ann.send('hi, Bob');
  await bob.conversation(ann.name).click();
  await expect(bob.message('hi, Bob')).toBeVisible();
  await expect(ann.message('hi, Bob').locator('[data-tick=read]')).toBeVisible();
  await expect(ann.conversation(bob.name).getByText('online')).toBeAttached();

  await bob.composer.pressSequentially('let me think');
  await expect(ann.page.getByText(`${bob.name} is typing`).first()).toBeVisible();
  await bob.composer.press('Enter');
  await expect(ann.message('let me think')).toBeVisible();
  await expect(ann.page.getByText(`${bob.name} is typing`)).toHaveCount(0);
});

test('a private chat is invited on to a conference of three, which one of them leaves', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  const cyd = await person('cyd');
  await ann.start(bob.name);
  await ann.send('between us');
  await expect(ann.message('between us').locator('[data-tick=sent]')).toBeVisible();

  await ann.page.getByRole('button', { name: 'Conversation menu' }).click();
  await ann.page.getByRole('menuitem', { name: 'Invite people' }).click();
  await ann.pick(cyd.name);
  await ann.page.getByRole('button', { name: 'Invite 1 person' }).click();
  await expect(ann.page.getByRole('heading', { name: `${bob.name}, ${cyd.name}` })).toBeVisible();
  await ann.send('the three of us');

  await cyd.conversation(ann.name).click();
  await expect(cyd.message('the three of us')).toBeVisible();
  await expect(cyd.message('between us')).toHaveCount(0);

  await cyd.page.getByRole('button', { name: 'Conversation menu' }).click();
  await cyd.page.getByRole('menuitem', { name: 'Leave' }).click();
  await cyd.page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expect(cyd.page.getByRole('heading', { name: 'Lobby' })).toBeVisible();
  await expect(cyd.conversation(bob.name)).toHaveCount(0);
  await expect(ann.log.getByText(`${cyd.name} left`)).toBeVisible();
  await ann.page.getByRole('button', { name: 'Show the members' }).click();
  await expect(ann.page.getByRole('complementary').getByRole('listitem')).toHaveCount(2);
});

test('a reaction, an answer, another text and a deletion are seen by the other as they happen', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  await ann.send('lunch at twelve');
  await bob.conversation(ann.name).click();

  await bob.act('lunch at twelve', 'React');
  await bob.page.getByLabel('Find an emoji').fill('tada');
  await expect(bob.page.getByRole('option')).toHaveCount(1);
  await bob.page.keyboard.press('Enter');
  await expect(ann.message('lunch at twelve').getByRole('button', { name: `${bob.name} reacted with 🎉` })).toHaveText('🎉1');

  await bob.act('lunch at twelve', 'Reply');
  await bob.send('one is better');
  await expect(ann.message('one is better').getByRole('button', { name: 'lunch at twelve' })).toBeVisible();

  await ann.composer.press('ArrowUp');
  await expect(ann.composer).toHaveValue('lunch at twelve');
  await ann.send('lunch at one');
  await expect(bob.message('lunch at one').first()).toContainText('(edited)');

  await bob.act('one is better', 'More');
  await bob.page.getByRole('menuitem', { name: 'Delete' }).click();
  await bob.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(ann.message('Message deleted')).toHaveCount(1);
  await expect(ann.message('one is better')).toHaveCount(0);
});

test('an edited profile is seen by the other at once', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  await ann.send('who am I?');
  await bob.conversation(ann.name).click();

  await ann.page.getByRole('button', { name: 'You and this page' }).click();
  await ann.page.getByRole('menuitem', { name: 'Edit the profile' }).click();
  await ann.page.getByLabel('Display name').fill('Ann of Green Gables');
  await ann.page.getByLabel('Avatar').fill('🌲');
  await ann.page.getByRole('button', { name: 'Save' }).click();

  await expect(bob.page.getByRole('heading', { name: 'Ann of Green Gables' })).toBeVisible();
  await expect(bob.message('who am I?')).toContainText('🌲');
  await expect(ann.page.getByRole('navigation')).toContainText('Ann of Green Gables');
});

test('an edited profile shows before the server has heard of it; what is refused is taken back, and waits to be put right', async ({
  person,
}) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  await ann.send('who am I?');
  await bob.conversation(ann.name).click();
  let isHeld = false;
  let letGo = () => {};
  await ann.page.routeWebSocket(/\/chat/, (page) => {
    const server = page.connectToServer();
    page.onMessage((text) => {
      if (isHeld && String(text).includes('"EditProfile"')) letGo = () => server.send(text);
      else server.send(text);
    });
  });
  await ann.page.reload();
  const dialog = ann.page.getByRole('dialog');
  const mine = ann.page.getByRole('navigation');
  const edit = async (fields: Record<string, string>) => {
    await ann.page.getByRole('button', { name: 'You and this page' }).click();
    await ann.page.getByRole('menuitem', { name: 'Edit the profile' }).click();
    for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label).fill(text);
    await dialog.getByRole('button', { name: 'Save' }).click();
  };
  await expect(ann.composer).toBeFocused();

  isHeld = true;
  await edit({ 'Display name': 'Ann the Quick', About: 'I am fast.' });
  await expect(dialog).toBeHidden();
  await expect(mine).toContainText('Ann the Quick');
  await expect(ann.message('who am I?')).toContainText('Ann the Quick');
  await expect(bob.page.getByRole('heading', { name: 'Ann the Quick' })).toHaveCount(0);
  isHeld = false;
  letGo();
  await expect(bob.page.getByRole('heading', { name: 'Ann the Quick' })).toBeVisible();
  await expect(ann.page.getByText('Saved')).toBeVisible();

  await edit({ 'Display name': 'Ann of Nowhere', About: '', 'Time zone': 'Nowhere/Land' });
  await expect(dialog.getByLabel('Time zone')).toHaveAccessibleDescription(/time zone/i);
  await expect(dialog.getByLabel('Display name')).toHaveValue('Ann of Nowhere');
  await expect(mine).toContainText('Ann the Quick');
  await dialog.getByLabel('Time zone').fill('Europe/Oslo');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(bob.page.getByRole('heading', { name: 'Ann of Nowhere' })).toBeVisible();

  await ann.page.reload();
  await edit({ Avatar: '🌲' });
  await expect(bob.message('who am I?')).toContainText('🌲');
  await ann.page.getByRole('button', { name: 'You and this page' }).click();
  await ann.page.getByRole('menuitem', { name: 'Edit the profile' }).click();
  await expect(dialog.getByLabel('Display name')).toHaveValue('Ann of Nowhere');
  await expect(dialog.getByLabel('About')).toHaveValue('');
  await expect(dialog.getByLabel('Time zone')).toHaveValue('Europe/Oslo');
});

test('what was not read is counted, a mention apart, until it is seen', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  const cyd = await person('cyd');
  await ann.start(bob.name, cyd.name);
  await ann.send('first');
  await ann.send(`second, @${bob.name}`);

  const row = bob.conversation(ann.name);
  await expect(row).toContainText('1 mention of you');
  await expect(bob.page).toHaveTitle(/^\(1\)/);
  await row.click();
  await expect(bob.log.getByRole('separator')).toHaveAccessibleName('New');
  await expect(bob.message('second').getByRole('button', { name: `@${bob.name}` })).toBeVisible();
  await expect(row).not.toContainText('mention');
  await expect(bob.page).not.toHaveTitle(/^\(/);

  // Who leaves and comes back has read it.
  await bob.conversation('Lobby').click();
  await expect(bob.log.getByRole('separator')).toHaveCount(0);
  await row.click();
  await expect(bob.message('second')).toBeVisible();
  await expect(bob.log.getByRole('separator')).toHaveCount(0);
});

import { expect, test } from './support/seeded';

test('the server is killed and started: both pages say so, go on without a reload, and nothing is lost or doubled', async ({
  ownServer,
  person,
}) => {
  const ann = await person('ann', ownServer);
  const bob = await person('bob', ownServer);
  for (const each of [ann, bob]) each.tolerate(/WebSocket connection to .* failed|ERR_/);
  await ann.send('before');
  await expect(bob.message('before')).toBeVisible();

  await ownServer.kill();
  for (const each of [ann, bob]) await expect(each.page.getByText(/Reconnecting|No connection/)).toBeVisible();
  for (let at = 1; at <= 20; at++) await ann.send(`meanwhile ${at}`);
  await expect(ann.message('meanwhile 20')).toHaveAttribute('aria-busy', 'true');

  await ownServer.begin();
  for (const each of [ann, bob]) {
    await expect(each.message('meanwhile')).toHaveText(Array.from({ length: 20 }, (_, at) => new RegExp(`meanwhile ${at + 1}\\b`)));
    await expect(each.page.getByText(/Reconnecting|No connection/)).toHaveCount(0);
  }
  await expect(ann.log.locator('[aria-busy=true]')).toHaveCount(0);
  await bob.send('after');
  await expect(ann.message('after')).toHaveCount(1);
});

test('a backup is put back: the page shows what is in it, in the conversation and in the list, and goes on from there', async ({
  ownServer,
  user,
}) => {
  const ann = await user('ann', ownServer);
  const bob = await user('bob', ownServer);
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('kept').done;
  const { epoch } = await chat.page();
  const backup = await ownServer.close();
  await ownServer.begin();
  await Promise.all(['lost 1', 'lost 2', 'lost 3'].map((text) => chat.send(text).done));
  const tab = await ann.open();
  tab.tolerate(/WebSocket connection to .* failed|ERR_|status of 503/);
  await expect(tab.conversation(bob.name)).toContainText('lost 3');
  await tab.conversation(bob.name).click();
  await expect(tab.message('lost 3')).toBeVisible();

  await ownServer.close();
  ownServer.restore(backup, epoch);
  await ownServer.begin();
  await expect(tab.conversation(bob.name)).toContainText('kept');
  await expect(tab.log.getByRole('article')).toHaveText([/kept/]);
  await chat.send('after').done;
  await expect(tab.log.getByRole('article')).toHaveText([/kept/, /after/]);
  await expect(tab.conversation(bob.name)).toContainText('after');
});

import { expect, test } from './support/test';

test('the server is killed and started: both pages say so, go on without a reload, and nothing is lost or doubled', async ({
  person,
  ownServer,
}) => {
  const ann = await person('ann', ownServer);
  const bob = await person('bob', ownServer);
  for (const each of [ann, bob]) each.tolerate(/WebSocket connection to .* failed|ERR_CONNECTION_/);
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

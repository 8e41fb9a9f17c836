import { expectAccessible } from './support/axe';
import { expect, test } from './support/seeded';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page keeps to WCAG 2.2 AA, ${colorScheme}`, async ({ user, person }) => {
    const nobody = await person();
    await nobody.page.emulateMedia({ colorScheme });
    await nobody.page.goto('/');
    await expectAccessible(nobody.page);
    await nobody.page.locator('button[type=submit]').click();
    await expectAccessible(nobody.page);

    const ann = await user('ann');
    const bob = await user('bob');
    const chat = await ann.chat.startConference([bob.name, (await user('cyd')).name], { title: 'Works' });
    const his = bob.chat.conversation(chat.id);
    const { seq } = await his.send({ text: `hello @${ann.name}, **look** at \`this\` on https://example.com`, mentions: [ann.name] }).done;
    await his.send('> said\nanswered\n```\ncode\n```').done;
    await chat.react(seq, '🎉').done;
    await chat.send({ text: 'so do I', replyTo: seq }).done;
    await his.delete((await his.send('gone').done).seq).done;
    await (await bob.chat.startPrivateChat(ann.name)).send('unread').done;
    const tab = await ann.blank();
    const { page } = tab;
    await page.emulateMedia({ colorScheme });
    await page.goto(`/c/${chat.id}`);
    await expect(tab.message('so do I').locator('[data-tick]')).toBeVisible();
    await tab.message('so do I').first().hover();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show the members' }).click();
    await expect(page.getByRole('complementary').getByRole('listitem')).toHaveCount(3);
    await expectAccessible(page);

    await page.getByRole('button', { name: 'New conversation' }).click();
    await tab.pick(bob.name);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('wo');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    for (const choice of ['Settings', 'Edit the profile', 'Keyboard shortcuts']) {
      await page.getByRole('button', { name: 'You and this page' }).click();
      await page.getByRole('menuitem', { name: choice }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
    }

    await page.setViewportSize({ width: 360, height: 640 });
    await expectAccessible(page);
    await page.goto('/');
    await expectAccessible(page);
  });
}

import { expectAccessible } from './support/axe';
import { expect, test } from './support/test';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page keeps to WCAG 2.2 AA, ${colorScheme}`, async ({ person }) => {
    const ann = await person();
    await ann.page.emulateMedia({ colorScheme });
    await ann.page.goto('/');
    await expectAccessible(ann.page);

    const bob = await person('bob');
    await ann.register(`${bob.name}a`);
    await bob.send(`hello @${ann.name}, **look** at \`this\` on https://example.com`);
    await ann.send('> said\nanswered');
    await expect(ann.message('answered').locator('[data-tick]')).toBeVisible();
    await expectAccessible(ann.page);

    await ann.page.getByRole('button', { name: 'New conversation' }).click();
    await ann.pick(bob.name);
    await expectAccessible(ann.page);
    await ann.page.keyboard.press('Escape');

    await ann.page.setViewportSize({ width: 360, height: 640 });
    await expectAccessible(ann.page);
  });
}

import { expect, test } from './support/test';

test('pages of history come as one scrolls back, what is read stays where it is, and the window stays small', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  for (let at = 1; at <= 320; at++) {
    await ann.composer.fill(`line ${at}.`);
    await ann.composer.press('Enter');
  }
  await expect(ann.message('line 320.').locator('[data-tick=sent]')).toBeVisible();
  await ann.page.reload();
  await expect(ann.message('line 320.')).toBeVisible();

  for (let rounds = 0; rounds < 60 && (await ann.message('line 1.').count()) === 0; rounds++) {
    const moved = await ann.log.evaluate(async (log) => {
      log.scrollTop = 300;
      const line = [...log.querySelectorAll<HTMLElement>('[data-key]')].find(
        (each) => each.getBoundingClientRect().top > log.getBoundingClientRect().top,
      )!;
      const before = line.getBoundingClientRect().top;
      const rows = log.querySelectorAll('[data-key]')[0];
      const deadline = performance.now() + 10_000;
      while (log.querySelectorAll('[data-key]')[0] === rows && performance.now() < deadline) await new Promise(requestAnimationFrame);
      return Math.abs(line.getBoundingClientRect().top - before);
    });
    expect(moved).toBeLessThanOrEqual(2);
    expect(await ann.log.locator('[data-key]').count()).toBeLessThanOrEqual(250);
  }
  await expect(ann.message('line 1.')).toHaveCount(1);

  await ann.page.getByRole('button', { name: 'To the newest' }).click();
  await expect(ann.message('line 320.')).toBeInViewport();
});

import { expect, test } from './support/test';

test('all that can be done with a message can be done with the keys alone', async ({ person }) => {
  const ann = await person('ann');
  await ann.start((await person('bob')).name);
  await ann.send('one');
  await ann.send('two');
  await expect(ann.message('two').locator('[data-tick=sent]')).toBeVisible();
  const { keyboard } = ann.page;

  await ann.log.focus();
  await keyboard.press('ArrowUp');
  await expect(ann.message('two')).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(ann.message('one')).toBeFocused();
  const tools = ann.message('one').getByRole('toolbar');
  for (const name of ['React', 'Reply', 'Edit', 'More']) {
    await keyboard.press('ArrowRight');
    await expect(tools.getByRole('button', { name })).toBeFocused();
  }
  await keyboard.press('Enter');
  await expect(ann.page.getByRole('menuitem', { name: 'Copy the text' })).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('Enter');

  // Esc lets it be, and one is where one was.
  await expect(ann.page.getByRole('dialog', { name: 'Delete this message?' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(ann.page.getByRole('dialog')).toHaveCount(0);
  await expect(tools.getByRole('button', { name: 'More' })).toBeFocused();
  await expect(ann.message('one')).toHaveCount(1);

  await keyboard.press('Enter');
  await ann.page.getByRole('menuitem', { name: 'Delete' }).click({ modifiers: ['Shift'] });
  await expect(ann.message('Message deleted')).toHaveCount(1);
  await expect(ann.page.getByRole('dialog')).toHaveCount(0);
});

test('a finger brings the tools of a message', async ({ person, writer }) => {
  const ann = await person('ann', undefined, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  const wes = await writer('wes');
  const conversation = await wes.startPrivateChat(ann.name);
  await conversation.send('touch me').done;
  await ann.page.getByRole('button', { name: 'Back to the conversations' }).tap();
  await ann.conversation(wes.me!.userName).tap();
  await ann.message('touch me').tap();
  await ann.message('touch me').getByRole('button', { name: 'Reply' }).tap();
  await expect(ann.page.getByText(`Replying to ${wes.me!.displayName}`)).toBeVisible();
});

test('a finger that rests on a message brings its tools, one that scrolls does not', async ({ person, writer }) => {
  const ann = await person('ann', undefined, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  const conversation = await (await writer('wes')).startPrivateChat(ann.name);
  for (let at = 1; at <= 40; at++) conversation.send(`line ${at}.`);
  const { seq } = await conversation.send('hold me').done;
  await ann.page.clock.install();
  await ann.page.goto(`/c/${conversation.id}/${seq}`);
  const held = ann.message('hold me');
  await expect(held).toBeInViewport();
  await expect(ann.message('line 1.')).toHaveCount(1); // nothing is added above any more
  const devtools = await ann.page.context().newCDPSession(ann.page);
  const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', y = 0) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x: 150, y }] });
  const middle = async () => {
    const { y, height } = (await held.boundingBox())!;
    return y + height / 2;
  };

  await ann.page.evaluate(() =>
    addEventListener('pointercancel', () => {
      Object.assign(globalThis, { scrolls: true });
      addEventListener('scrollend', () => Object.assign(globalThis, { stands: true }), { capture: true });
    }),
  );
  await expect(() => ann.page.clock.pauseAt(Date.now() + 1_000)).toPass(); // however slow the machine, the finger has not rested before it moves
  const from = await middle();
  await finger('touchStart', from);
  for (let moved = 20; moved <= 100; moved += 20) await finger('touchMove', from + moved);
  await ann.page.waitForFunction(() => 'scrolls' in globalThis); // told by the browser, which takes the finger over
  await ann.page.clock.runFor(1_000); // longer than a finger has to rest
  await expect(ann.log.getByRole('toolbar')).toHaveCount(0);
  await ann.page.clock.resume();
  await finger('touchEnd');
  await ann.page.waitForFunction(() => 'stands' in globalThis); // what still glides would come to lie elsewhere than measured

  await held.scrollIntoViewIfNeeded();
  await finger('touchStart', await middle());
  await expect(held.getByRole('toolbar')).toBeVisible();
  await finger('touchEnd');
  await held.getByRole('button', { name: 'React' }).tap();
  await ann.page.getByRole('option', { name: 'thumbsup' }).tap();
  await expect(held.getByRole('button', { name: 'you reacted with 👍' })).toBeVisible();
});

test('a reaction shows at once, says who, and is taken back by the same button', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  await ann.send('lunch?');
  await bob.conversation(ann.name).click();
  await bob.act('lunch?', 'React');
  await bob.page.getByRole('option', { name: 'thumbsup' }).click();

  const mine = bob.message('lunch?').getByRole('button', { name: 'you reacted with 👍' });
  await expect(mine).toHaveAttribute('aria-pressed', 'true');
  const theirs = ann.message('lunch?').getByRole('button', { name: `${bob.name} reacted with 👍` });
  await expect(theirs).toHaveAttribute('aria-pressed', 'false');
  await expect(theirs).toHaveAttribute('title', `${bob.name} reacted with 👍`);

  await theirs.click();
  await expect(bob.message('lunch?').getByRole('button', { name: /^(you and ann\w+|ann\w+ and you) reacted/ })).toHaveText('👍2');
  await ann
    .message('lunch?')
    .getByRole('button', { name: /reacted with 👍/ })
    .click();
  await mine.click();
  await expect(ann.message('lunch?').getByRole('button', { name: /reacted/ })).toHaveCount(0);
});

test('emoji are found by the keys, by a word, and by having been used', async ({ person }) => {
  const ann = await person('ann');
  const { keyboard } = ann.page;
  const grid = ann.page.getByRole('listbox', { name: 'Emoji' });
  const open = () => ann.page.getByRole('button', { name: 'Emoji' }).click();

  await open();
  await expect(ann.page.getByLabel('Find an emoji')).toBeFocused();
  await expect(grid.getByRole('option').first()).toBeVisible();
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowDown');
  await expect(grid.getByRole('option', { selected: true })).toHaveId('emoji-9');
  const chosen = await grid.getByRole('option', { selected: true }).textContent();
  await keyboard.press('Enter');
  await expect(ann.composer).toHaveValue(chosen!);

  await open();
  await expect(grid.getByRole('option').first()).toHaveText(chosen!);
  await keyboard.type('rocket');
  await expect(grid.getByRole('option')).toHaveCount(1);
  await keyboard.type('xyz');
  await expect(ann.page.getByRole('dialog', { name: 'Emoji' })).toContainText('Nothing found.');
  await keyboard.press('Escape');
  await expect(ann.page.getByRole('button', { name: 'Emoji' })).toBeFocused();

  await ann.composer.fill('');
  await ann.composer.pressSequentially('well :sm');
  const suggestions = ann.page.getByRole('listbox', { name: 'Suggestions' });
  await expect(suggestions.getByRole('option').first()).toContainText(':sm');
  await keyboard.press('Tab');
  await expect(ann.composer).toHaveValue(/^well \p{Emoji}/u);
  await expect(ann.composer).toBeFocused();
});

test('members are suggested first, then those who spoke here and left', async ({ person, writer }) => {
  const ann = await person('ann');
  const mia = await writer('mia');
  const max = await writer('max');
  const mel = await writer('mel');
  const conference = await mia.startConference([max.me!.userName, mel.me!.userName, ann.name], { title: 'Ms' });
  await mel.conversation(conference.id).send('I was here first').done;
  await mel.conversation(conference.id).leave();
  await conference.send('and I stay').done;
  await ann.page.goto(`/c/${conference.id}`);
  await expect(ann.message('and I stay')).toBeVisible();

  await ann.composer.pressSequentially('@m');
  const options = ann.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await expect(options).toHaveText([/@m(ia|ax)\d+$/, /@m(ia|ax)\d+$/, /@mel\d+$/]);
});

test('people are suggested after an @, by the arrows, Enter and Esc', async ({ person, writer }) => {
  const ann = await person('ann');
  const one = await writer('zoe', 'Zoë One');
  const two = await writer('zoe', 'Zoë Two');
  const conference = await one.startConference([two.me!.userName, ann.name], { title: 'Zs' });
  await ann.page.goto(`/c/${conference.id}`);
  await expect(ann.page.getByRole('heading', { name: 'Zs' })).toBeVisible();
  await ann.composer.pressSequentially('@zo');
  const options = ann.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await expect(options).toHaveCount(2);
  const active = () => ann.composer.getAttribute('aria-activedescendant');
  await expect(options.first()).toHaveId((await active())!);
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await ann.composer.press('ArrowDown');
  await expect(options.nth(1)).toHaveId((await active())!);
  const name = (await options.nth(1).textContent())!.split('@')[1]!.trim();
  await ann.composer.press('Enter');
  await expect(ann.composer).toHaveValue(`@${name} `);
  await ann.composer.press('Enter');
  await expect(ann.message(`@${name}`).getByRole('button', { name: `@${name}` })).toBeVisible();

  await ann.composer.pressSequentially('@zo');
  await expect(options).toHaveCount(2);
  await ann.composer.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(ann.composer).toHaveValue('@zo');

  // Whom it is about sees it at a glance, and hears it.
  await conference.send({ text: `you, @${ann.name}`, mentions: [ann.name] }).done;
  await expect(ann.message('you, @')).toHaveClass(/for-me/);
  await expect(ann.message('you, @')).toContainText('Mentions you.');
});

test('a quote leads to what was answered, and a link to a message opens it in another tab', async ({ person, writer }) => {
  const ann = await person('ann');
  const wes = await writer('wes');
  const conversation = await wes.startPrivateChat(ann.name);
  const first = await conversation.send('the original').done;
  await Promise.all(Array.from({ length: 120 }, (_, at) => conversation.send(`line ${at}.`).done));
  const answer = await conversation.send({ text: 'the answer', replyTo: first.seq }).done;
  await ann.page.goto(`/c/${conversation.id}/${answer.seq}`);

  const flash = ann.log.locator('.flashing', { hasText: 'the original' }).waitFor();
  await ann.message('the answer').getByRole('button', { name: 'An earlier message' }).click();
  await flash;
  await expect(ann.message('the original').first()).toBeInViewport();

  await ann.act('the original', 'More');
  await ann.page.getByRole('menuitem', { name: 'Copy a link to it' }).click();
  await expect(ann.page.getByText('Copied.')).toBeVisible();
  const link = await ann.page.evaluate(() => navigator.clipboard.readText());
  const tab = await ann.page.context().newPage();
  await tab.goto(link);
  await expect(tab.getByRole('article').filter({ hasText: 'the original' }).first()).toBeInViewport();
});

test('a text has links, code, bold, italic and quotes, and nothing else', async ({ person }) => {
  const ann = await person('ann');
  await ann.send('see https://example.com/a?b=1, or mailto:ann@example.com; not javascript:alert(1)');
  const links = ann.message('see https').getByRole('link');
  await expect(links).toHaveCount(2);
  await expect(links.first()).toHaveAttribute('href', 'https://example.com/a?b=1');
  await expect(links.first()).toHaveAttribute('rel', 'noopener noreferrer');
  await expect(links.first()).toHaveAttribute('target', '_blank');

  await ann.send('**bold** _italic_ `code`\n> quoted\n```\nlet fence = 1;\n```\n<img src=x onerror=alert(1)> <b>x</b> # no');
  const message = ann.message('bold');
  for (const [element, text] of Object.entries({ strong: 'bold', em: 'italic', code: 'code', blockquote: 'quoted', pre: 'let fence = 1;' }))
    await expect(message.locator(element)).toHaveText(text);
  await expect(message).toContainText('<img src=x onerror=alert(1)> <b>x</b> # no');
  await expect(message.locator('img, b')).toHaveCount(0);

  await message.locator('pre').hover();
  await message.getByRole('button', { name: 'Copy the code' }).click();
  await expect.poll(() => ann.page.evaluate(() => navigator.clipboard.readText())).toBe('let fence = 1;');
});

import type { WebSocketRoute } from '@playwright/test';
import type { Person } from './support/person';
import { expect, test } from './support/test';

interface Call {
  target?: string;
  invocationId?: string;
}

/** Puts somebody between the page and the server, who sees each call and may keep it: what it returns is whether the call goes on. */
async function between(
  person: Person,
  sees: (call: Call, page: WebSocketRoute) => boolean,
  answers: (page: WebSocketRoute) => boolean = () => true,
) {
  await person.page.routeWebSocket(/\/chat/, (page) => {
    const server = page.connectToServer();
    page.onMessage((text) => {
      if (sees(JSON.parse(String(text).split('\x1e')[0]!) as Call, page)) server.send(text);
    });
    server.onMessage((text) => {
      if (answers(page)) page.send(text);
    });
  });
  await person.page.reload();
  await expect(person.composer).toBeFocused();
}

function refuse(page: WebSocketRoute, invocationId: string | undefined): void {
  const refusal = { code: 107, name: 'forbidden', text: 'Not today.', retryable: false };
  page.send(`${JSON.stringify({ type: 3, invocationId, result: { value: null, refusal } })}\x1e`);
}

test('a message is there before the server has heard of it, and stays the same row when it has', async ({ person }) => {
  const ann = await person('ann');
  let isHeld = false;
  let letGo = () => {};
  await ann.page.routeWebSocket(/\/chat/, (page) => {
    const server = page.connectToServer();
    page.onMessage((text) => {
      if (isHeld && String(text).includes('"SendMessage"')) letGo = () => server.send(text);
      else server.send(text);
    });
  });
  await ann.page.reload();
  await expect(ann.composer).toBeFocused();

  isHeld = true;
  await ann.composer.fill('at once');
  const waited = await ann.page.evaluate(async () => {
    const log = document.getElementById('messages')!;
    const began = performance.now();
    document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    while (!log.textContent?.includes('at once')) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  });
  test.info().annotations.push({ type: 'shown after', description: `${Math.round(waited)} ms` });
  const row = ann.message('at once');
  await expect(row).toHaveAttribute('aria-busy', 'true');
  await expect(row.locator('[data-tick=pending]')).toBeVisible();
  await row.evaluate((element) => Object.assign(element, { isTheSame: true }));

  isHeld = false; // what is sent only now is not held either
  letGo();
  await expect(row.locator('[data-tick=sent]')).toBeVisible();
  await expect(row).toHaveCount(1);
  expect(await row.evaluate((element) => 'isTheSame' in element)).toBe(true);
});

test('what the server refuses stays with its reason, and is tried again or deleted', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  let isRefused = true;
  await between(ann, ({ target, invocationId }, page) => {
    if (target !== 'SendMessage' || !isRefused) return true;
    refuse(page, invocationId);
    return false;
  });

  await ann.send('first try');
  await ann.send('never mind');
  const failed = ann.message('first try').getByRole('alert');
  await expect(failed).toContainText('Not sent. Not today.');
  await ann.message('never mind').getByRole('button', { name: 'Delete' }).click();
  await expect(ann.message('never mind')).toHaveCount(0);

  isRefused = false;
  await failed.getByRole('button', { name: 'Retry' }).click();
  await expect(ann.message('first try').locator('[data-tick=sent]')).toBeVisible();
  await bob.conversation(ann.name).click();
  await expect(bob.message('first try')).toHaveCount(1);
  await expect(bob.message('never mind')).toHaveCount(0);
});

test('who logs out with something unsent is asked, and keeps it by staying', async ({ person }) => {
  const ann = await person('ann');
  await between(ann, ({ target, invocationId }, page) => {
    if (target === 'SendMessage') refuse(page, invocationId);
    return target !== 'SendMessage';
  });
  await ann.send('not to be lost');
  await expect(ann.message('not to be lost').getByRole('alert')).toBeVisible();
  const asked = ann.page.getByRole('dialog', { name: 'Log out' });

  await ann.logOut();
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(asked).toHaveCount(0);
  await expect(ann.message('not to be lost')).toHaveCount(1);
  await ann.logOut();
  await asked.getByRole('button', { name: 'Log out' }).click();
  await expect(ann.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('a reaction, another text and a deletion show before the server has heard of them', async ({ person }) => {
  const ann = await person('ann');
  await ann.start((await person('bob')).name);
  for (const text of ['one', 'two', 'three']) await ann.send(text);
  await expect(ann.message('three').locator('[data-tick=sent]')).toBeVisible(); // what is not on disk yet is lost with the page
  const held: string[] = [];
  await between(ann, ({ target }) => {
    const isHeld = /^(React|EditMessage|DeleteMessage)$/.test(target ?? '');
    if (isHeld) held.push(target!);
    return !isHeld;
  });
  await expect(ann.message('three').locator('[data-tick=sent]')).toBeVisible();

  await ann.act('one', 'React');
  await ann.page.getByRole('option', { name: 'thumbsup' }).click();
  await expect(ann.message('one').getByRole('button', { name: 'you reacted with 👍' })).toHaveAttribute('aria-pressed', 'true');
  await ann.act('two', 'Edit');
  await ann.send('zwei');
  await expect(ann.message('zwei')).toContainText('(edited)');
  await ann.act('three', 'More');
  await ann.page.getByRole('menuitem', { name: 'Delete' }).click({ modifiers: ['Shift'] });
  await expect(ann.message('Message deleted')).toHaveCount(1);
  await expect.poll(() => held).toContain('React');
});

test('an answer that is lost on the way makes no second message', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  let losing = false;
  await between(
    ann,
    ({ target }) => {
      if (target === 'SendMessage' && !losing) losing = true;
      return true;
    },
    (page) => {
      if (!losing) return true;
      losing = false;
      void page.close({ code: 1011 });
      return false;
    },
  );

  await ann.send('only once');
  await expect(ann.message('only once').locator('[data-tick=sent]')).toBeVisible();
  await expect(ann.message('only once')).toHaveCount(1);
  await bob.conversation(ann.name).click();
  await expect(bob.message('only once')).toHaveCount(1);
});

test('what is written offline waits, and goes in order when there is a connection again', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  ann.tolerate(/ERR_INTERNET_DISCONNECTED/);
  await ann.start(bob.name);
  let page: WebSocketRoute | undefined;
  await ann.page.routeWebSocket(/\/chat/, (socket) => {
    page = socket;
    socket.connectToServer();
  });
  await ann.page.reload();
  await expect(ann.composer).toBeFocused();

  await ann.page.context().setOffline(true);
  await page?.close({ code: 1006 }).catch(() => page?.close({ code: 1011 }));
  for (let at = 1; at <= 3; at++) await ann.send(`offline ${at}`);
  await ann.page.context().setOffline(false);

  await bob.conversation(ann.name).click();
  await expect(bob.message('offline')).toHaveText([/offline 1/, /offline 2/, /offline 3/]);
  await expect(ann.log.locator('[aria-busy=true]')).toHaveCount(0);
});

test('a draft is kept for its conversation, over switches and a reload', async ({ person }) => {
  const ann = await person('ann');
  const bob = await person('bob');
  await ann.start(bob.name);
  await ann.composer.fill('for Bob');
  await ann.conversation('Lobby').click();
  await expect(ann.composer).toHaveValue('');
  await ann.composer.fill('for all');
  await ann.conversation(bob.name).click();
  await expect(ann.composer).toHaveValue('for Bob');
  await ann.page.reload();
  await expect(ann.composer).toHaveValue('for Bob');
  await ann.composer.press('Enter');
  await expect(ann.message('for Bob').locator('[data-tick=sent]')).toBeVisible();
  await ann.conversation('Lobby').click();
  await expect(ann.composer).toHaveValue('for all');
  await ann.conversation(bob.name).click();
  await expect(ann.composer).toHaveValue('');
});

test('Enter sends, Shift+Enter does not, nor does the Enter of an input method; blank is nothing, and too long is counted', async ({
  person,
}) => {
  const ann = await person('ann');
  await ann.composer.fill('above the break');
  await ann.composer.press('Shift+Enter');
  await ann.page.keyboard.type('below the break');
  await expect(ann.composer).toHaveValue('above the break\nbelow the break');
  await ann.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await expect(ann.composer).toHaveValue('above the break\nbelow the break');
  await ann.composer.press('Enter');
  await expect(ann.composer).toHaveValue('');
  await expect(ann.message('above the break')).toContainText('below the break');

  await ann.send('  \n ');
  await expect(ann.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await ann.composer.fill('x'.repeat(16_000));
  await expect(ann.page.getByText('384 left')).toBeVisible();
  await ann.composer.fill('€'.repeat(5_462));
  await expect(ann.page.getByText('2 too many')).toBeVisible();
  await expect(ann.page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await ann.composer.press('Enter');
  await expect(ann.composer).toHaveValue(/^€+$/);
  await expect(ann.message('€')).toHaveCount(0);
});

test('where one types with a finger, Enter begins a line and the button sends', async ({ person }) => {
  const ann = await person('ann', undefined, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  await ann.composer.fill('the upper line');
  await ann.composer.press('Enter');
  await ann.page.keyboard.type('the lower line');
  await expect(ann.composer).toHaveValue('the upper line\nthe lower line');
  await ann.page.getByRole('button', { name: 'Send' }).tap();
  await expect(ann.message('the upper line').locator('[data-tick=sent]')).toBeVisible();
  await expect(ann.message('the upper line')).toContainText('the lower line');
});

test('what is sent before the messages are there shows at the end, also where much was not read', async ({ person, writer }) => {
  const ann = await person('ann');
  const wes = await writer('wes');
  const conversation = await wes.startPrivateChat(ann.name);
  await Promise.all(Array.from({ length: 60 }, (_, at) => conversation.send(`line ${at}.`).done));
  let isHeld = false;
  const held: (() => void)[] = [];
  await ann.page.routeWebSocket(/\/chat/, (page) => {
    const server = page.connectToServer();
    page.onMessage((text) => {
      if (isHeld && String(text).includes('"ReadTranscript"')) held.push(() => server.send(text));
      else server.send(text);
    });
  });
  await ann.page.reload();
  await expect(ann.composer).toBeFocused();
  isHeld = true;
  await ann.conversation(wes.me!.userName).click();
  await expect(ann.log).toHaveAttribute('aria-busy', 'true');
  await ann.send('I was quick');
  await expect(ann.conversation(wes.me!.userName)).toContainText('I was quick');
  isHeld = false;
  for (const letGo of held) letGo();

  await expect(ann.message('I was quick').locator('[data-tick=sent]')).toBeInViewport();
});

test('the arrow up takes back one’s last words, Esc lets them be, and sending shows the end', async ({ person, writer }) => {
  const ann = await person('ann');
  const wes = await writer('wes');
  const conversation = await wes.startPrivateChat(ann.name);
  await Promise.all(Array.from({ length: 60 }, (_, at) => conversation.send(`line ${at}.`).done));
  await ann.conversation(wes.me!.userName).click();
  await ann.send('my wurds');
  await expect(ann.message('my wurds').locator('[data-tick=sent]')).toBeVisible();

  await ann.composer.press('ArrowUp');
  await expect(ann.composer).toHaveValue('my wurds');
  await expect(ann.page.getByText('Editing your message')).toBeVisible();
  await ann.composer.press('Escape');
  await expect(ann.composer).toHaveValue('');
  await expect(ann.composer).toBeFocused();

  await ann.composer.press('ArrowUp');
  await ann.send('my words');
  await expect(ann.message('my words')).toContainText('(edited)');

  await ann.log.evaluate((log) => log.scrollBy(0, -900));
  await expect(ann.page.getByRole('button', { name: 'To the newest' })).toBeVisible();
  await ann.send('from above');
  await expect(ann.message('from above')).toBeInViewport();
});

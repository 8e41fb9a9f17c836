import { expect, test } from './support/seeded';

test('a page that is reloaded in the middle of a send goes on sending: each message once, in order', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const { id } = await bob.chat.startPrivateChat(ann.name);
  let isCut = true;
  let isDeaf = false;
  const tab = await ann.blank();
  // The first message reaches the server, and its answer nobody; the others do not get that far.
  await tab.page.routeWebSocket(/\/chat$/, (page) => {
    const server = page.connectToServer();
    page.onMessage((frame) => {
      if (isDeaf) return;
      server.send(frame);
      isDeaf = isCut && /"SendMessage"/.test(String(frame));
    });
    server.onMessage((frame) => {
      if (!isDeaf) page.send(frame);
    });
  });
  await tab.page.goto(`/c/${id}`);
  const stored = firstMessage(bob.chat.conversation(id));
  for (const text of ['one', 'two', 'three']) await tab.send(text);
  await expect(tab.message('three')).toHaveAttribute('aria-busy', 'true');
  expect(await stored).toBe('one');
  await expect.poll(() => tab.page.evaluate(keptDrafts)).toBe(3); // it is shown a moment before the browser has it on disk

  isCut = isDeaf = false;
  await tab.page.reload();
  await expect(tab.log.getByRole('article')).toHaveText([/one/, /two/, /three/]);
  await expect(tab.log.locator('[aria-busy=true]')).toHaveCount(0);
  const { entries } = await bob.chat.conversation(id).page({ limit: 50 });
  expect(entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))).toEqual(['one', 'two', 'three']);
});

test('two tabs of one user show each message once, and what is read in one is read in the other', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('first').done;
  const [one, two] = [await ann.open(`/c/${chat.id}`), await ann.open()];
  await expect(one.message('first')).toBeVisible();
  const row = two.conversation(bob.name);
  await expect(row).toContainText('first');
  await expect(row).not.toContainText('unread');

  await row.click();
  for (let at = 1; at <= 5; at++) {
    await one.send(`left ${at}`);
    await two.send(`right ${at}`);
  }
  for (const tab of [one, two]) {
    for (let at = 1; at <= 5; at++) {
      await expect(tab.message(`left ${at}`)).toHaveCount(1);
      await expect(tab.message(`right ${at}`)).toHaveCount(1);
    }
    await expect(tab.log.locator('[aria-busy=true]')).toHaveCount(0);
  }
});

test('whose session is ended elsewhere logs in again, and finds what was being written where it was', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  const tab = await ann.open(`/c/${chat.id}`);
  const second = await ann.open();
  await tab.composer.fill('half a thought');
  for (const { sessionId, current } of await ann.chat.sessions()) if (!current) await ann.chat.endSession(sessionId);

  await expect(tab.page.getByText('This session was ended on another device.')).toBeVisible();
  await expect(second.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await tab.logIn(ann.name);
  await expect(tab.composer).toHaveValue('half a thought');
  await expect(tab.page).toHaveURL(new RegExp(`/c/${chat.id}$`));
});

test('who logs out without the server is told that this needs it, and loses nothing; drafts go when it has happened', async ({
  ownServer,
  user,
}) => {
  const ann = await user('ann', ownServer);
  const bob = await user('bob', ownServer);
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('before').done;
  const tab = await ann.open();
  tab.tolerate(/WebSocket connection to .* failed|ERR_/);
  await tab.composer.fill('half a thought');
  await tab.conversation(bob.name).click();
  await expect(tab.message('before')).toBeVisible();

  await ownServer.kill();
  await tab.send('said without a server');
  await expect(tab.message('said without a server')).toHaveAttribute('aria-busy', 'true');
  await tab.logOut();
  await expect(tab.page.getByText('Logging out needs the server')).toBeVisible();
  await ownServer.begin();
  await expect(tab.message('said without a server').locator('[data-tick=sent]')).toBeVisible();
  expect(await firstMessage(bob.chat.conversation(chat.id))).toBe('said without a server');
  await tab.conversation('Lobby').click();
  await expect(tab.composer).toHaveValue('half a thought');

  const drafts = () => tab.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('chat.draft.')).length);
  expect(await drafts()).toBe(1);
  await tab.logOut();
  await expect(tab.page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  expect(await drafts()).toBe(0);
});

test('a change that is refused after a reload is told of, and does not stay on the device', async ({ user }) => {
  const ann = await user('ann');
  const notes = await ann.chat.startPrivateChat(ann.name);
  const { seq } = await notes.send('as it was').done;
  const tab = await ann.blank();
  let isHeld = true;
  await tab.page.routeWebSocket(/\/chat$/, (page) => {
    const server = page.connectToServer();
    page.onMessage((frame) => {
      if (!isHeld || !/"EditMessage"/.test(String(frame))) server.send(frame);
    });
  });
  await tab.page.goto(`/c/${notes.id}`);
  await tab.act('as it was', 'Edit');
  await tab.send('as it should be');
  await expect.poll(() => tab.page.evaluate(keptDrafts)).toBe(1);
  await notes.delete(seq).done;

  isHeld = false;
  await tab.page.reload();
  await expect(tab.page.getByText('This message was deleted.')).toBeVisible();
  await expect.poll(() => tab.page.evaluate(keptDrafts)).toBe(0);
});

test('a browser that keeps nothing for the page is told of, and the page works all the same', async ({ user }) => {
  const ann = await user('ann');
  const tab = await ann.blank();
  await tab.page.addInitScript(() => {
    const closed = () => {
      throw new DOMException('Storage is closed.', 'SecurityError');
    };
    IDBFactory.prototype.open = closed;
    Object.defineProperty(window, 'localStorage', { get: closed });
  });
  await tab.page.goto('/');

  await expect(tab.page.getByText('This browser keeps nothing for this page.')).toBeVisible();
  await tab.send('said all the same');
  await expect(tab.message('said all the same').locator('[data-tick=sent]')).toBeVisible();
  await tab.composer.fill('a draft');
  await tab.page.getByRole('button', { name: 'You and this page' }).click();
  await tab.page.getByRole('menuitem', { name: 'Settings' }).click();
  await tab.page.getByText('Dark', { exact: true }).click();
  await expect(tab.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

/** The text of the next message that is stored. */
async function firstMessage(conversation: { messages(options: { tail: number }): AsyncIterable<{ text?: string | undefined }> }) {
  for await (const message of conversation.messages({ tail: 1 })) return message.text;
  return undefined;
}

function keptDrafts(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('signalrchat');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('drafts').objectStore('drafts').count();
      counting.onerror = () => reject(counting.error);
      counting.onsuccess = () => resolve(counting.result);
      opening.result.close();
    };
  });
}

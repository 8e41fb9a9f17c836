import type { Page } from '@playwright/test';
import { ChatClient } from 'signalrchat';
import { password } from './support/person';
import { expect, test } from './support/seeded';

interface Shown {
  title: string;
  body: string;
  tag: string;
}

test('typing is told once and not at every key, and wears off', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('hi').done;
  const tab = await ann.blank();
  let told = 0;
  tab.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => (told += Number(/"Typing"/.test(String(payload))))));
  await tab.page.goto(`/c/${chat.id}`);
  const line = tab.page.getByRole('main').getByText(`${bob.name} is typing`);

  await expect(tab.composer).toBeFocused();
  bob.chat.conversation(chat.id).typing();
  await expect(line).toBeVisible();
  await expect(line).toHaveCount(0);
  // Within one turn of the page: who takes more than three seconds for it is rightly told of twice.
  await tab.composer.evaluate((field: HTMLTextAreaElement) => {
    for (const letter of 'quickly') {
      field.value += letter;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  });
  await expect.poll(() => told).toBe(1);
  await tab.composer.press('Enter');
  await expect(tab.message('quickly').locator('[data-tick]')).toBeVisible();
  expect(told).toBe(1);
});

test('a page that is hidden marks nothing as read; seen again, it does', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('first').done;
  const tab = await ann.open(`/c/${chat.id}`);
  const readTo = async () => (await chat.refresh()).members.find((member) => member.person.userName === ann.name)?.readSeq;
  await expect(tab.message('first')).toBeVisible();
  await expect.poll(readTo).toBe((await chat.refresh()).head);

  await tab.hide(true);
  await chat.send('second').done;
  await expect(tab.message('second')).toHaveCount(1);
  await expect(tab.page).toHaveTitle(/^\(1\)/);
  await expect(tab.page.locator('link[rel=icon]')).toHaveAttribute('href', '/icon-unread.svg');
  expect(await readTo()).toBe((await chat.refresh()).head - 1);
  await tab.hide(false);
  await expect.poll(readTo).toBe((await chat.refresh()).head);
  await expect(tab.page).not.toHaveTitle(/^\(/);
  await expect(tab.page.locator('link[rel=icon]')).toHaveAttribute('href', '/icon.svg');
});

test('a page that was out of sight for more than a minute reads the list again, over the connection that it has', async ({ user }) => {
  const ann = await user('ann');
  const tab = await ann.blank();
  let sockets = 0;
  let listed = 0;
  tab.page.on('websocket', (socket) => {
    sockets++;
    socket.on('framesent', ({ payload }) => (listed += Number(/"ListConversations"/.test(String(payload)))));
  });
  await tab.page.goto('/');
  await expect(tab.conversation('Lobby')).toBeVisible();
  await expect(tab.composer).toBeFocused();
  // Only the clock on the wall is set: what the connection goes by stays as it is.
  const hiddenFor = async (seconds: number) => {
    const now = Date.now();
    await tab.page.clock.setFixedTime(now);
    await tab.hide(true);
    await tab.page.clock.setFixedTime(now + seconds * 1_000);
    await tab.hide(false);
    await tab.send(`hidden for ${seconds} s`); // whatever was asked before has been asked when this is answered
    await expect(tab.message(`hidden for ${seconds} s`).locator('[data-tick=sent]')).toBeVisible();
  };

  await hiddenFor(1);
  const before = listed;
  await hiddenFor(59);
  expect(listed).toBe(before);
  await hiddenFor(61);
  expect(listed).toBe(before + 1);
  expect(sockets).toBe(1);
});

test('what comes in the moment in which a page is hidden does not wait until it is seen again', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('before').done;
  const tab = await ann.blank();
  const came = new Promise((resolve) =>
    tab.page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => String(payload).includes('meanwhile') && resolve(true)),
    ),
  );
  await tab.page.goto('/');
  await expect(tab.conversation(bob.name)).toContainText('before');
  await expect(tab.composer).toBeFocused();
  await tab.page.evaluate(() => {
    globalThis.requestAnimationFrame = () => 0; // a hidden page gets no more pictures
  });
  await chat.send('meanwhile').done;
  await came;
  await tab.hide(true);
  await expect(tab.conversation(bob.name)).toContainText('meanwhile');
});

test('a sound is played for what nobody looks at where it was turned on, and nowhere before', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('before').done;
  const tab = await ann.blank();
  await stub(tab.page, 'granted');
  await tab.page.addInitScript(() => {
    const heard = globalThis as unknown as { tones: number };
    heard.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      heard.tones++;
      start.call(this, when);
    };
  });
  const tones = () => tab.page.evaluate(() => (globalThis as unknown as { tones: number }).tones);
  const sound = tab.page.getByLabel('Play a sound as well');
  await tab.page.clock.install();
  await tab.page.goto('/');
  await tab.page.getByRole('button', { name: 'Notifications' }).click();
  await expect(sound).not.toBeChecked();
  await tab.page.getByRole('button', { name: 'Turn on' }).click();
  await chat.send('in silence').done;
  await expect.poll(async () => (await shown(tab.page)).at(-1)?.body).toBe(`${bob.name}: in silence`);
  expect(await tones()).toBe(0);

  await sound.check();
  await chat.send('aloud').done;
  await expect.poll(tones).toBe(1);
  await tab.page.reload();
  await tab.conversation(bob.name).click();
  await expect(tab.message('aloud')).toBeVisible();
  await expect(tab.composer).toBeFocused();
  await chat.send('seen at once').done;
  await expect(tab.message('seen at once').first()).toBeVisible();
  await tab.page.clock.fastForward(1_000); // longer than it waits whether it is seen
  expect(await tones()).toBe(0);
  await tab.conversation('Lobby').click();
  await chat.send('aloud again').done;
  await expect.poll(tones).toBe(1);
});

test('what somebody says who is blocked is not said to who cannot see it either', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const cyd = await user('cyd');
  const conference = await cyd.chat.startConference([ann.name, bob.name], { title: 'Works' });
  await bob.chat.conversation(conference.id).send('before').done;
  await ann.chat.blockUser(bob.name);
  const tab = await ann.open(`/c/${conference.id}`);
  await expect(tab.log.getByText('A message of somebody you blocked')).toBeVisible();
  const announced = await tab.listen();

  await bob.chat.conversation(conference.id).send('listen to me').done;
  await conference.send('hello').done;
  await expect.poll(announced).toEqual([`${cyd.name}: hello`]);
});

test('where the browser lets nothing sound yet, what is to sound waits in one place', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('before').done;
  const tab = await ann.blank();
  await stub(tab.page, 'granted');
  await tab.page.addInitScript(() => {
    const heard = Object.assign(globalThis, { places: 0 });
    heard.AudioContext = class extends AudioContext {
      constructor() {
        super();
        heard.places++;
        void this.suspend();
      }
      override resume() {
        return new Promise<void>(() => {});
      }
    };
  });
  await tab.page.goto('/');
  await tab.page.getByRole('button', { name: 'Notifications' }).click();
  await tab.page.getByRole('button', { name: 'Turn on' }).click();
  await tab.page.getByLabel('Play a sound as well').check();
  for (const text of ['one', 'two', 'three']) {
    await chat.send(text).done;
    await expect.poll(async () => (await shown(tab.page)).at(-1)?.body).toBe(`${bob.name}: ${text}`);
  }
  expect(await tab.page.evaluate(() => (globalThis as unknown as { places: number }).places)).toBe(1);
});

test('nobody is asked for notifications out of the blue; the bell explains, then asks, and then they come, one of a conversation', async ({
  user,
}) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('before').done;
  const tab = await ann.blank();
  await stub(tab.page, 'granted');
  await tab.page.goto('/');
  const badges = () => tab.page.evaluate(() => (globalThis as unknown as { badges: number[] }).badges.at(-1));
  await expect(tab.conversation(bob.name)).toContainText('1 unread message');
  expect(await asked(tab.page)).toBe(0);
  await expect.poll(badges).toBe(1);

  await chat.send('not shown yet').done;
  await expect(tab.conversation(bob.name)).toContainText('not shown yet');
  await tab.page.getByRole('button', { name: 'Notifications' }).click();
  await expect(tab.page.getByRole('dialog')).toContainText('only when you are mentioned');
  expect(await asked(tab.page)).toBe(0);
  await expect(tab.page.getByLabel('Play a sound as well')).not.toBeChecked();
  await tab.page.getByRole('button', { name: 'Turn on' }).click();
  await expect(tab.page.getByRole('button', { name: 'Turn off' })).toBeVisible();
  expect(await asked(tab.page)).toBe(1);
  await tab.page.keyboard.press('Escape');

  await chat.send('look here').done;
  await expect.poll(() => shown(tab.page)).toMatchObject([{ title: bob.name, body: `${bob.name}: look here`, tag: chat.id }]);
  await bob.chat.lobby!.send('to everybody').done;
  await chat.send('and here').done;
  await expect.poll(async () => (await shown(tab.page)).at(-1)).toMatchObject({ body: `${bob.name}: and here`, tag: chat.id });

  await tab.page.evaluate(() => (globalThis as unknown as { click: () => void }).click());
  await expect(tab.page.getByRole('heading', { name: bob.name })).toBeVisible();
  await chat.send('seen at once').done;
  await expect(tab.message('seen at once')).toBeVisible();
  await expect(tab.conversation(bob.name)).not.toContainText('unread');
  await tab.hide(true);
  await chat.send('not seen').done;
  await expect.poll(async () => (await shown(tab.page)).at(-1)?.body).toBe(`${bob.name}: not seen`);
  expect((await shown(tab.page)).map((each) => each.body).join()).not.toMatch(/everybody|seen at once/);
});

test('where the browser blocks notifications, the page says how to allow them', async ({ user }) => {
  const ann = await user('ann');
  const tab = await ann.blank();
  await stub(tab.page, 'denied');
  await tab.page.goto('/');
  await tab.page.getByRole('button', { name: 'Notifications' }).click();
  await tab.page.getByRole('button', { name: 'Turn on' }).click();
  await expect(tab.page.getByRole('dialog')).toContainText('Allow them in the site settings');
  await expect(tab.page.getByRole('button', { name: 'Turn on' })).toHaveCount(0);
});

test('no connection is said after five seconds, not at a blip, with the time to the next try and a button to try now', async ({
  ownServer,
  user,
}) => {
  const ann = await user('ann', ownServer);
  const tab = await ann.open();
  tab.tolerate(/WebSocket connection to .* failed|ERR_/);
  await expect(tab.composer).toBeVisible();
  await tab.page.evaluate(() => {
    const seen = globalThis as unknown as { saidAt: number };
    new MutationObserver(() => {
      if (document.body.textContent.includes('Keep writing')) seen.saidAt ??= performance.now();
    }).observe(document.body, { childList: true, subtree: true });
  });
  const cutAt = await tab.page.evaluate(() => performance.now()); // read before, however long the killing takes
  await ownServer.kill();
  const banner = tab.page.getByRole('status').filter({ hasText: 'Keep writing' });
  await expect(banner).toContainText(/Next try in \d+ seconds?/);
  expect(await tab.page.evaluate(() => (globalThis as unknown as { saidAt: number }).saidAt)).toBeGreaterThan(cutAt + 4_500);
  await expect(tab.composer).toBeEditable();

  await expect(banner).toContainText(/Next try in \d\d seconds/); // long enough to be there when the server is
  await ownServer.begin();
  await banner.getByRole('button', { name: 'Try now' }).click();
  await expect(banner).toHaveCount(0);
});

test('an announcement of an administrator stays until it is put away', async ({ ownServer, user }) => {
  const ann = await user('ann', ownServer);
  const boss = new ChatClient({ url: ownServer.url });
  await boss.register('boss', password);
  const tab = await ann.open();
  await expect(tab.composer).toBeVisible();
  await boss.announce('The server rests at noon.');
  await expect(tab.page.getByText(`Announcement of boss: The server rests at noon.`)).toBeVisible();
  await tab.page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(tab.page.getByText('The server rests at noon.')).toHaveCount(0);
  boss.dispose();
});

const stub = (page: Page, answer: NotificationPermission) =>
  page.addInitScript((given) => {
    const seen = globalThis as unknown as { asked: number; shown: Shown[]; badges: number[]; click: () => void };
    Object.assign(seen, { asked: 0, shown: [], badges: [] });
    class Stub {
      static permission = 'default';
      static requestPermission() {
        seen.asked++;
        Stub.permission = given;
        return Promise.resolve(given);
      }
      onclick = () => {};
      constructor(title: string, options: { body: string; tag: string }) {
        seen.shown.push({ title, body: options.body, tag: options.tag });
        seen.click = () => this.onclick();
      }
      close() {}
    }
    Object.defineProperty(globalThis, 'Notification', { configurable: true, value: Stub });
    Object.defineProperty(navigator, 'setAppBadge', { value: (count: number) => Promise.resolve(void seen.badges.push(count)) });
  }, answer);

const asked = (page: Page) => page.evaluate(() => (globalThis as unknown as { asked: number }).asked);
const shown = (page: Page) => page.evaluate(() => (globalThis as unknown as { shown: Shown[] }).shown);

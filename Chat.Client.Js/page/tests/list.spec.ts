import { expect, test, uniqueName } from './support/seeded';

test('the list stands in the order of what happened last, counts up to 99+, and says who writes and what was said', async ({ user }) => {
  const ann = await user('ann');
  const [bob, cyd] = [await user('bob'), await user('cyd')];
  const fromBob = await bob.chat.startPrivateChat(ann.name);
  const fromCyd = await cyd.chat.startPrivateChat(ann.name);
  for (let at = 1; at <= 101; at++) fromBob.send(`bob says ${at}`);
  const { sentAt } = await fromBob.send('the last of Bob').done;
  await expect.poll(() => Date.now()).toBeGreaterThan(sentAt); // in the same millisecond neither is later
  await fromCyd.send('Cyd was later').done;
  const tab = await ann.open();

  const rows = tab.page.getByRole('navigation').getByRole('link');
  await expect(rows.nth(0)).toContainText(cyd.name);
  await expect(rows.nth(0).locator('time')).toHaveText(/^\d\d?:\d\d$/);
  await expect(rows.nth(0).locator('time')).toHaveAttribute('title', /\d{4} .*\d\d?:\d\d/);
  await expect(rows.nth(1)).toContainText('the last of Bob');
  await expect(rows.nth(1)).toContainText('99+');
  await expect(rows.nth(1)).toContainText('102 unread messages');
  expect(await rows.nth(1).locator('.title').evaluate(weight)).toBe('700');
  await fromBob.send('and again').done;
  await expect(rows.nth(0)).toContainText('and again');
  bob.chat.conversation(fromBob.id).typing();
  await expect(rows.nth(0)).toContainText(`${bob.name} is typing`);

  const elsewhere = await ann.chat.getConversation(fromBob.id);
  await elsewhere.markRead(elsewhere.details!.head);
  await expect(rows.nth(0)).not.toContainText('unread');
  expect(await rows.nth(0).locator('.title').evaluate(weight)).not.toBe('700');
});

test('whatever happens moves a conversation up, and a page that is loaded anew has the same order', async ({ user }) => {
  const ann = await user('ann');
  const [bob, cyd] = [await user('bob'), await user('cyd')];
  const fromBob = await bob.chat.startPrivateChat(ann.name);
  const fromCyd = await cyd.chat.startPrivateChat(ann.name);
  const { seq, sentAt } = await fromBob.send('hello').done;
  await expect.poll(() => Date.now()).toBeGreaterThan(sentAt);
  await fromCyd.send('hello').done;
  const tab = await ann.open();
  const first = tab.page.getByRole('navigation').getByRole('link').first();
  await expect(first).toContainText(cyd.name);

  await fromBob.react(seq, '👍').done;
  await expect(first).toContainText(bob.name);
  await tab.page.reload();
  await expect(first).toContainText(bob.name);
  await fromCyd.send('once more').done;
  await tab.page.reload();
  await expect(first).toContainText(cyd.name);

  // Where both were last in the same millisecond, the server lists the one first that was started first.
  let apart = 1;
  while (apart !== 0) {
    const [one, other] = await Promise.all([fromBob.send('at once').done, fromCyd.send('at once').done]);
    apart = one.sentAt - other.sentAt;
  }
  await tab.page.reload();
  await expect(first).toContainText(bob.name);
});

test('a list that comes late takes nothing back that was told meanwhile', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('before').done;
  const tab = await ann.blank();
  const asked = new Map<string, string>();
  let letGo: (() => void) | undefined;
  let isTold = false;
  await tab.page.routeWebSocket(/\/chat$/, (page) => {
    const server = page.connectToServer();
    page.onMessage((frame) => {
      const [, id, method] = /"invocationId":"(\d+)","target":"(\w+)"/.exec(String(frame)) ?? [];
      if (id && method) asked.set(id, method);
      server.send(frame);
    });
    server.onMessage((frame) => {
      const method = asked.get(/"type":3,"invocationId":"(\d+)"/.exec(String(frame))?.[1] ?? '');
      if (method === 'ListConversations') letGo = () => page.send(frame);
      else page.send(frame);
      isTold ||= method === 'GetConversation';
    });
  });
  await tab.page.goto('/');
  await expect.poll(() => letGo).toBeDefined();
  await chat.send('meanwhile').done;
  await expect.poll(() => isTold).toBe(true);
  letGo!();

  await expect(tab.composer).toBeVisible();
  await expect(tab.conversation(bob.name)).toContainText('meanwhile');
  await expect(tab.conversation(bob.name)).toContainText('2 unread messages');
});

test('the switcher finds by a few letters: conversations, hidden ones, people, and open conferences to join', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const name = uniqueName('plans');
  const open = await bob.chat.startConference([], { openName: name, title: 'Plans of the year' });
  await open.send('come in').done;
  const tab = await ann.open();
  const switcher = tab.page.getByRole('dialog', { name: 'Go to' });
  const go = async (text: string, option: string | RegExp) => {
    await tab.page.keyboard.press('Control+k');
    await tab.page.keyboard.type(text);
    await expect(switcher.getByRole('option', { name: option, selected: true })).toBeVisible();
    await tab.page.keyboard.press('Enter');
    await expect(switcher).toBeHidden();
  };

  await expect(tab.composer).toBeFocused();
  await go(name, /Plans of the year/);
  await expect(tab.message('come in')).toBeVisible();
  await expect(tab.page.getByRole('heading', { name: 'Plans of the year' })).toBeVisible();
  await go(bob.name, new RegExp(bob.name));
  await expect(tab.page.getByRole('heading', { name: bob.name })).toBeVisible();
  await go('lby', 'Lobby');
  await expect(tab.page.getByRole('heading', { name: 'Lobby' })).toBeVisible();

  await ann.chat.conversation(open.id).hide();
  await expect(tab.conversation('Plans of the year')).toHaveCount(0);
  await go('plnsyear', /Plans of the year/);
  await expect(tab.message('come in')).toBeVisible();
});

test('Alt and an arrow goes through the conversations, with Shift through those with something unread', async ({ user }) => {
  const ann = await user('ann');
  for (const name of ['bob', 'cyd', 'dee']) {
    const other = await user(name);
    const chat = await other.chat.startPrivateChat(ann.name);
    const { seq } = await chat.send(`I am ${name}`).done;
    if (name === 'cyd') await ann.chat.conversation(chat.id).markRead(seq);
  }
  const tab = await ann.open();
  await expect(tab.page.getByRole('navigation').getByRole('link')).toHaveCount(4);
  const heading = tab.page.getByRole('main').getByRole('heading', { level: 2 });
  await expect(heading).toHaveText('Lobby');

  await tab.page.keyboard.press('Alt+ArrowUp');
  await expect(heading).toHaveText(/^bob/);
  await tab.page.keyboard.press('Alt+Shift+ArrowUp');
  await expect(heading).toHaveText(/^dee/);
  await tab.page.keyboard.press('Alt+ArrowDown');
  await expect(heading).toHaveText(/^cyd/);

  // From among the messages as well, where the arrows alone go from one to the next.
  await tab.log.focus();
  await tab.page.keyboard.press('Alt+ArrowUp');
  await expect(heading).toHaveText(/^dee/);
});

test('who is here is told in words and live: away while nobody looks, as chosen, and gone', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('hi').done;
  const annTab = await ann.open();
  const row = annTab.conversation(bob.name);
  await expect(row.getByText('online', { exact: true })).toBeAttached();

  bob.chat.dispose();
  const bobTab = await bob.open();
  await bobTab.hide(true);
  await expect(row.getByText('away', { exact: true })).toBeAttached();
  await bobTab.hide(false);
  await expect(row.getByText('online', { exact: true })).toBeAttached();

  await bobTab.page.getByRole('button', { name: 'You and this page' }).click();
  await bobTab.page.getByRole('menuitem', { name: 'Settings' }).click();
  await bobTab.page.getByText('Invisible', { exact: true }).click();
  await expect(row.getByText('offline', { exact: true })).toBeAttached();
  await expect(bobTab.page.getByRole('navigation')).toContainText('Invisible');
  await bobTab.page.getByText('Do not disturb', { exact: true }).click();
  await expect(row.getByText('online', { exact: true })).toBeAttached();
});

test('a conversation is muted, pinned and hidden, on every device', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await bob.chat.startPrivateChat(ann.name);
  await chat.send('hello').done;
  const [tab, other] = [await ann.open(`/c/${chat.id}`), await ann.open()];
  const row = other.conversation(bob.name);
  const choose = async (choice: string) => {
    await tab.page.bringToFront(); // a tab behind another is drawn once a second
    await tab.page.getByRole('button', { name: 'Conversation menu' }).click();
    await tab.page.getByRole('menuitem', { name: choice, exact: true }).click();
  };

  await choose('Mute');
  await expect(row.getByText('Muted')).toBeAttached();
  await choose('Pin');
  await expect(row.getByText('Pinned')).toBeAttached();
  await choose('Unpin');
  await choose('Unmute');
  await expect(row.getByText(/Muted|Pinned/)).toHaveCount(0);
  await choose('Hide until the next message');
  await expect(row).toHaveCount(0);
  await expect(tab.page.getByRole('heading', { name: 'Lobby' })).toBeVisible();
  await chat.send('there again').done;
  await expect(row).toContainText('there again');
});

test('an owner gives a role, takes it, and removes a member, who loses the composer at once', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const cyd = await user('cyd');
  const chat = await ann.chat.startConference([bob.name, cyd.name], { title: 'Works' });
  const [annTab, bobTab] = [await ann.open(`/c/${chat.id}`), await bob.open(`/c/${chat.id}`)];
  await annTab.page.getByRole('button', { name: 'Show the members' }).click();
  const member = annTab.page.getByRole('complementary').getByRole('listitem').filter({ hasText: bob.name });
  const act = async (deed: string) => {
    await member.getByRole('button', { name: 'More' }).click();
    await annTab.page.getByRole('menuitem', { name: deed }).click();
  };

  await act('Make an owner');
  await expect(member).toContainText('Owner');
  await expect(bobTab.log).toContainText(`${ann.name} made ${bob.name} an owner`);
  await act('Make a member');
  await expect(member).not.toContainText('Owner');
  await expect(bobTab.composer).toBeVisible();
  await act('Remove from the conference');
  await expect(member).toHaveCount(0);
  await expect(bobTab.page.getByText('You are no longer in this conference.')).toBeVisible();
  await expect(bobTab.composer).toHaveCount(0);
  await expect(bobTab.conversation('Works')).toHaveCount(0);
});

test('the members are asked for again when somebody comes, and not at every message', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const cyd = await user('cyd');
  const dee = await user('dee');
  const chat = await bob.chat.startConference([ann.name, cyd.name], { title: 'Works' });
  const tab = await ann.blank();
  let asked = 0;
  tab.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => (asked += Number(/"ListMembers"/.test(String(payload))))));
  await tab.page.goto(`/c/${chat.id}`);
  await tab.page.getByRole('button', { name: 'Show the members' }).click();
  const members = tab.page.getByRole('complementary').getByRole('listitem');
  await expect(members).toHaveCount(3);
  const before = asked;
  for (const text of ['one', 'two', 'three']) {
    await chat.send(text).done;
    await expect(tab.message(text)).toBeVisible();
  }
  // What is asked for by who comes is asked behind what the messages would have asked for.
  await chat.invite([dee.name]);
  await expect(members).toHaveCount(4);
  expect(asked).toBe(before + 1);
});

test('finding a person asks when the typing pauses for a fifth of a second, and says so where there is nobody', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const tab = await ann.blank();
  const asked: string[] = [];
  tab.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const text = /"SearchUsers","arguments":\[\{"text":"([^"]*)"/.exec(String(payload))?.[1];
      if (text !== undefined) asked.push(text);
    }),
  );
  await tab.page.clock.install();
  await tab.page.goto('/');
  await tab.page.getByRole('button', { name: 'New conversation' }).click();
  const field = tab.page.getByLabel('Find a person by name');
  await expect(field).toBeFocused();
  // Little ahead: with the silence of ten seconds more, the server counts as dead. Too little on a slow machine is refused, and tried again.
  await expect(() => tab.page.clock.pauseAt(Date.now() + 1_000)).toPass();
  for (const letter of bob.name) {
    await tab.page.keyboard.type(letter);
    await tab.page.clock.runFor(150);
  }
  await tab.page.clock.runFor(49);
  expect(asked).toEqual([]);
  await tab.page.clock.runFor(1);
  await expect.poll(() => asked).toEqual([bob.name]);
  await tab.page.clock.resume();

  await tab.page.getByRole('dialog').getByRole('button', { name: bob.name }).click();
  await field.fill('zzzznobody');
  await expect(tab.page.getByText('Nobody is called “zzzznobody”.')).toBeVisible();
  await tab.page.getByRole('button', { name: 'Start the chat' }).click();
  await expect(tab.page.getByRole('heading', { name: bob.name })).toBeVisible();
});

test('an open conference is started under its short name', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const name = uniqueName('ops');
  const tab = await ann.open();
  await tab.page.getByRole('button', { name: 'New conversation' }).click();
  await tab.page.getByLabel('Open to everybody').check();
  await tab.page.getByLabel('Short name').fill(`#${name}`);
  await tab.page.getByRole('button', { name: 'Start a conference' }).click();
  await expect(tab.page.getByRole('heading', { name: `#${name}` })).toBeVisible();
  await expect(tab.page).toHaveURL(/\/c\//);

  const bobTab = await bob.open();
  await expect(bobTab.composer).toBeFocused();
  await bobTab.page.keyboard.press('Control+k');
  await expect(bobTab.page.getByRole('option', { name: new RegExp(name) })).toBeVisible();
});

test('what a blocked person says is folded away and not counted, until they are let in again in the settings', async ({ user }) => {
  const ann = await user('ann');
  const bob = await user('bob');
  const chat = await ann.chat.startConference([bob.name, (await user('cyd')).name], { title: 'Three' });
  await bob.chat.conversation(chat.id).send('you will not like this').done;
  const tab = await ann.open(`/c/${chat.id}`);
  await tab.message('you will not like this').getByRole('button', { name: bob.name }).first().click();
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await expect(tab.message('A message of somebody you blocked')).toHaveCount(1);
  await expect(tab.message('you will not like this')).toHaveCount(0);

  await tab.conversation('Lobby').click();
  const { sentAt } = await bob.chat.conversation(chat.id).send('nor this').done;
  await expect(tab.conversation('Three').locator('time')).toHaveAttribute('datetime', new Date(sentAt).toISOString());
  await expect(tab.conversation('Three')).toContainText('A message of somebody you blocked');
  await expect(tab.conversation('Three')).not.toContainText('unread');
  await tab.conversation('Three').click();
  await tab.log.getByRole('button', { name: 'A message of somebody you blocked' }).last().click();
  await expect(tab.message('nor this')).toBeVisible();

  await tab.page.getByRole('button', { name: 'You and this page' }).click();
  await tab.page.getByRole('menuitem', { name: 'Settings' }).click();
  await tab.page.getByRole('button', { name: `Unblock ${bob.name}` }).click();
  await expect(tab.page.getByText('Nobody.')).toBeVisible();
  await tab.page.keyboard.press('Escape');
  await expect(tab.message('you will not like this')).toBeVisible();
});

test('a session is ended from the list of sessions, and a new password is needed from then on', async ({ user }) => {
  const ann = await user('ann');
  const tab = await ann.open();
  await tab.page.getByRole('button', { name: 'You and this page' }).click();
  await tab.page.getByRole('menuitem', { name: 'Settings' }).click();
  const sessions = tab.page.getByRole('dialog').locator('section').filter({ hasText: 'Where you are logged in' }).getByRole('listitem');
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: 'this one' })).toHaveCount(1);
  const ended = new Promise((resolve) => ann.chat.on('sessionEnded', resolve));
  await tab.page.getByRole('button', { name: 'End the session of' }).click();
  await expect(sessions).toHaveCount(1);
  expect(await ended).toMatchObject({ reason: 'ended' });

  await tab.page.getByText('Change the password').first().click();
  await tab.page.getByLabel('Present password').fill('not the password');
  await tab.page.getByLabel('New password').fill('another horse battery');
  await tab.page.getByRole('button', { name: 'Change the password' }).click();
  await expect(tab.page.getByLabel('Present password')).toHaveAccessibleDescription(/wrong/i);
  await tab.page.getByLabel('Present password').fill('correct horse battery');
  await tab.page.getByRole('button', { name: 'Change the password' }).click();
  await expect(tab.page.getByText('Your password is changed')).toBeVisible();
  await ann.chat.logIn(ann.name, 'another horse battery');
});

const weight = (element: Element) => getComputedStyle(element).fontWeight;

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatClient, ChatRefusedError, type Message } from '../../src/index.js';
import { messagePack } from '../../src/msgpack.js';
import { all, becomes, first, Hearing, PASSWORD, People } from '../support/people.js';
import { ServerProcess } from '../support/server-process.js';

const texts = (messages: readonly Message[]) => messages.map((message) => message.text);
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    (no: unknown) => (no instanceof ChatRefusedError ? no.name : String(no)),
  );

describe.each([
  ['JSON', {}],
  ['MessagePack', { protocol: messagePack() }],
])('By %s', (_, options) => {
  let server: ServerProcess;
  let people: People;
  let [ann, bob, cyd] = [] as unknown as [ChatClient, ChatClient, ChatClient];

  beforeAll(async () => {
    server = await ServerProcess.start();
    people = new People(server.url, options);
    [ann, bob, cyd] = [await people.register('ann'), await people.register('bob'), await people.register('cyd')];
  });

  afterAll(async () => {
    people.leave();
    await server.stop();
  });

  it('1: a user logs in on a second device, comes back by the token, and logs out there alone', async () => {
    const phone = people.client({ device: 'phone' });
    expect(await refused(phone.logIn('ann', 'not the password'))).toBe('wrongCredentials');
    const { token } = await phone.logIn('ANN', PASSWORD);
    expect((await ann.sessions()).map((session) => session.device)).toContain('phone');
    phone.dispose();
    const back = people.client();
    await back.resume(token);
    await back.logOut();

    expect(back.state).toMatchObject({ name: 'ended', reason: 'loggedOut' });
    expect(await refused(people.client().resume(token))).toBe('sessionEnded');
    expect(ann.state.name).toBe('live');
  });

  it('2: a user is found by name, and by its beginning', async () => {
    expect((await bob.findUser('ANN'))?.userName).toBe('ann');
    expect(await bob.findUser('nobody')).toBeUndefined();
    expect((await all(bob.searchUsers('an'))).map((profile) => profile.userName)).toEqual(['ann']);
  });

  it('3: two talk in private, each message once, and a third hears nothing', async () => {
    const chat = await ann.startPrivateChat('bob');
    const added = new Hearing(bob, 'inbox').first((entry) => entry.kind === 'conversationAdded' && entry.conversation === chat.id);
    const sent = chat.send('just us two');
    expect(sent.state).toBe('pending');
    const receipt = await sent.done;
    await added;

    expect((await bob.startPrivateChat('ann')).id).toBe(chat.id);
    expect(await first(1, bob.conversation(chat.id).messages())).toMatchObject([{ seq: receipt.seq, text: 'just us two' }]);
    expect(await chat.send({ text: 'just us two', clientMessageId: sent.clientMessageId }).done).toMatchObject({
      seq: receipt.seq,
      repeated: true,
    });
    expect(await refused(cyd.getConversation(chat.id))).toBe('noSuchConversation');
  });

  it('4: a conference begins with two others at once, and an edit, a reaction and a deletion reach all', async () => {
    const heard = new Hearing(cyd, 'entries');
    const plans = await ann.startConference(['bob', 'cyd'], { title: 'Plans' });
    expect(plans.invited.map((invited) => invited.result)).toEqual(['added', 'added']);
    const { seq } = await plans.send({ text: 'what is the plan?', mentions: ['bob'] }).done;
    await plans.edit(seq, 'what was the plan?').done;
    await bob.conversation(plans.id).react(seq, '👍').done;
    const answer = await bob.conversation(plans.id).send({ text: 'none', replyTo: seq }).done;
    await bob.conversation(plans.id).delete(answer.seq).done;
    await heard.first((batch) => batch.entries.some((entry) => entry.kind === 'deleted'));

    const page = await cyd.conversation(plans.id).page();
    expect(page.entries.filter((entry) => entry.kind === 'message')).toMatchObject([
      { text: 'what was the plan?', reactions: [{ emoji: '👍', by: [{ userName: 'bob' }] }], mentions: [{ userName: 'bob' }] },
      { seq: answer.seq, deleted: true },
    ]);
    await bob.conversation(plans.id).unreact(seq, '👍').done;
    expect(await all(cyd.conversation(plans.id).read(2, 3))).toMatchObject([{ seq: 2 }, { kind: 'edited', seq: 3 }]);
  });

  it('5: inviting into a private chat begins a conference; into a conference, brings people in', async () => {
    const chat = await ann.startPrivateChat('bob');
    const going = await chat.invite(['cyd']);
    expect([going.id === chat.id, going.details?.continuedFrom]).toEqual([false, chat.id]);
    await going.send('welcome').done;
    expect(texts(await first(1, cyd.conversation(going.id).messages()))).toEqual(['welcome']);

    await cyd.conversation(going.id).leave();
    expect((await going.invite(['cyd'], { history: 'all' })).invited).toMatchObject([{ userName: 'cyd', result: 'added' }]);
    expect((await all(going.members())).map((member) => member.person.userName)).toEqual(['ann', 'bob', 'cyd']);
  });

  it('6: the list shows chats and conferences with what is unread, and reading is seen by the other side', async () => {
    const chat = await ann.startPrivateChat('bob');
    const { seq } = await bob.conversation(chat.id).send('unread').done;
    const row = (await all(ann.conversations())).find((one) => one.id === chat.id);
    expect([row?.details?.unread, row?.details?.lastMessage?.text]).toEqual([1, 'unread']);
    const seen = new Hearing(bob, 'readMark').first((notice) => notice.conversation === chat.id && notice.readSeq === seq);

    expect(await chat.markRead(seq)).toBe(seq);
    expect((await chat.refresh()).unread).toBe(0);
    expect((await seen).person.userName).toBe('ann');
    await chat.pin(true);
    await chat.mute(true);
    expect(await chat.refresh()).toMatchObject({ pinned: true, muted: true });
  });

  it('7: whoever leaves a conference hears and says nothing there any more', async () => {
    const plans = await ann.startConference(['bob', 'cyd']);
    const gone = new Hearing(ann, 'entries').first(
      (batch) => batch.conversation === plans.id && batch.entries.some((entry) => entry.kind === 'left'),
    );
    await cyd.conversation(plans.id).leave();
    await gone;
    const failed = cyd.conversation(plans.id).send('me?');
    expect(await refused(failed.done)).toBe('noSuchConversation');
    failed.discard();

    await plans.rename('Without her');
    await plans.changeRole('bob', 'owner');
    await plans.remove('bob');
    expect((await plans.refresh()).members.map((member) => member.person.userName)).toEqual(['ann']);
  });

  it('8 and 9: a profile is edited, seen live by another, and an edit of an old version is refused', async () => {
    const told = new Hearing(bob, 'profile').first((profile) => profile.about === 'makes plans');
    const edited = await ann.editProfile({ displayName: 'Ann the Planner', about: 'makes plans' });
    expect((await told).displayName).toBe('Ann the Planner');
    expect(await refused(ann.editProfile({ version: edited.version - 1, about: 'late' }))).toBe('staleVersion');
    expect(await bob.profile('ann')).toMatchObject({ about: 'makes plans', presence: 'online' });
  });

  it('and the Lobby reaches everybody, an open conference whoever joins, and typing and presence are told', async () => {
    const heard = new Hearing(cyd, 'entries').first((batch) => batch.conversation === ann.lobby?.id);
    await ann.lobby?.send('good morning').done;
    await heard;
    const ops = await ann.startConference([], { openName: 'ops' });
    await ops.send('before').done;
    expect((await all(bob.openConferences())).map((open) => open.name)).toEqual(['lobby', 'ops']);
    const joined = await bob.joinConference({ name: 'ops' });
    expect(texts(await first(1, joined.messages()))).toEqual(['before']);

    const typing = new Hearing(ann, 'typing').first((notice) => notice.person.userName === 'bob');
    joined.typing();
    await typing;
    const gone = new Hearing(ann, 'presence').first((notice) => notice.person.userName === 'cyd' && notice.presence === 'offline');
    cyd.dispose();
    await gone;
  });

  it('and who blocks, changes the password or is no administrator is answered', async () => {
    await ann.blockUser('bob');
    expect((await ann.blockedUsers()).map((person) => person.userName)).toEqual(['bob']);
    expect(await refused(bob.startConference(['ann']))).toBe('invalid');
    await ann.unblockUser('bob');
    expect(await refused(ann.changePassword('not this', 'another long enough'))).toBe('wrongCredentials');
    expect(await refused(ann.announce('hello'))).toBe('forbidden');
    expect(await ann.setPresence({ choice: 'doNotDisturb' })).toMatchObject({ presenceChoice: 'doNotDisturb' });
    await becomes(ann, 'live');
  });
});

// The nine cases, the broadcast chat and presence, done for real by three users with nothing but the stock client:
//   node nine-cases.mjs http://localhost:5080 [seconds of idling, 60] [json | messagepack]
import { randomBytes, randomUUID } from 'node:crypto';
import { equal, expect, ok, run, within } from './checks.mjs';
import { id, Person } from './person.mjs';

const [server, idleSeconds = '60', wire = 'json'] = process.argv.slice(2);
const protocol = wire === 'messagepack' ? new (await import('@microsoft/signalr-protocol-msgpack')).MessagePackHubProtocol() : undefined;

// Unlike any other run's, and without letters that look alike.
const suffix = [...randomBytes(8)].map((byte) => 'abcdefghijkpqstuxyz'[byte % 19]).join('');
const [ANN, BOB, CYD] = ['ann', 'bob', 'cyd'].map((name) => `${name}.${suffix}`);
const passwords = Object.fromEntries([ANN, BOB, CYD].map((name) => [name, randomUUID()]));

const connect = () => Person.connect(server, protocol);

const textsOf = (page) => page.entries.filter((entry) => entry.kind === 'message').map((entry) => entry.text);
const register = async (userName) => {
  const person = await connect();
  return [person, await person.ask('Register', { userName, password: passwords[userName], displayName: userName.slice(0, 3).toUpperCase() })];
};

async function logOut(person, session) {
  // The closing may overtake the answer, and means the same.
  await within(10, person.ask('LogOut').catch(() => person.closed), 'an answer to LogOut, or the end of the connection');
  await person.sees('SessionEnded', 'the end of the session', (end) => end.reason);
  await within(10, person.closed, 'the connection of a session that ended is closed');
  const later = await connect();
  equal((await later.refused('Resume', { token: session.token })).name, 'sessionEnded', 'resuming after log-out');
  await later.stop();
}

async function main() {
  // Case 1: log in, log out.
  const [annFirst, session] = await register(ANN);
  equal(session.me.userName, ANN, 'the user who registered');
  const [bob] = await register(BOB);
  ok('two users register and are logged in');

  const phone = await connect();
  equal((await phone.refused('LogIn', { userName: ANN, password: 'not the password' })).name, 'wrongCredentials', 'a wrong password');
  equal((await phone.refused('ListSessions', {})).name, 'notLoggedIn', 'a call before log-in');
  const onPhone = await phone.ask('LogIn', { userName: ANN.toUpperCase(), password: passwords[ANN], device: 'phone' });
  expect(onPhone.sessionId !== session.sessionId && onPhone.token !== session.token, 'a log-in makes a session of its own');
  equal((await phone.ask('ListSessions')).items.length, 2, 'sessions of a user on two devices');
  ok('a second device logs in; a wrong password and a call before log-in are refused');

  await annFirst.stop();
  const ann = await connect();
  const resumed = await ann.ask('Resume', { token: session.token });
  equal(resumed.sessionId, session.sessionId, 'the session that was resumed');
  ok('a new connection resumes the session without the password');

  await logOut(phone, onPhone);
  expect(!ann.isClosed, 'logging out on one device leaves the other');
  ok('log-out ends the session, closes its connection, and only that');

  // Case 2: find a user.
  equal((await bob.ask('FindUser', { userName: ANN.toUpperCase() })).userName, ANN, 'the user found');
  equal((await bob.refused('FindUser', { userName: `nobody.${suffix}` })).name, 'noSuchUser', 'a name that nobody has');
  expect((await bob.ask('SearchUsers', { text: ANN.slice(0, 8) })).items.some((found) => found.userName === ANN), 'a search by the beginning finds her');
  ok('a user is found by name, and by its beginning');

  // The broadcast chat, and its past for whoever comes later.
  const lobby = session.lobby;
  const morning = `good morning everybody, ${suffix}`;
  const { seq: morningSeq } = await ann.say(lobby, morning);
  await Promise.all([ann, bob].map((person) => person.hears(lobby, morning)));
  const [cyd, cydSession] = await register(CYD);
  const past = await cyd.read(lobby, { after: morningSeq - 1 });
  equal(textsOf(past)[0], morning, 'the past message that a latecomer reads');
  equal(past.entries[0].author.userName, ANN, 'its author');
  await cyd.say(lobby, `hello, ${suffix}`);
  await Promise.all([ann, bob, cyd].map((person) => person.hears(lobby, `hello, ${suffix}`)));
  ok('one message to the Lobby reaches everybody, and whoever comes later reads it');

  // Case 3: private chat.
  const chat = (await ann.ask('StartPrivateChat', { with: BOB })).conversation;
  const draft = { conversation: chat, clientMessageId: id(), text: 'just us two' };
  const receipt = await ann.ask('SendMessage', draft);
  equal((await bob.hears(chat, draft.text)).seq, receipt.seq, 'the place of the message');
  equal((await ann.hears(chat, draft.text)).clientMessageId, draft.clientMessageId, 'the id by which the sender knows it again');
  await bob.seesInbox('the new chat in his inbox', (entry) => entry.kind === 'conversationAdded' && entry.conversation === chat);
  const again = await ann.ask('SendMessage', draft);
  equal([again.seq, again.repeated], [receipt.seq, true], 'the same draft once more');
  equal((await bob.ask('StartPrivateChat', { with: ANN })).conversation, chat, 'the chat of the two, begun from the other side');
  equal((await cyd.refused('ReadTranscript', { conversation: chat })).name, 'noSuchConversation', 'a stranger reading');
  ok('a private chat: one for the two, each message once, nothing for a third');

  // Case 4: a conference with two at once.
  const start = { title: 'Plans', with: [BOB, CYD], operationId: id() };
  const started = await ann.ask('StartConference', start);
  const plans = started.conversation.conversation;
  equal(started.invited.map((one) => [one.userName, one.result]), [[BOB, 'added'], [CYD, 'added']], 'what became of the invited');
  for (const person of [bob, cyd]) {
    const first = await person.seesEntry(plans, 'the start of the conference', (entry) => entry.kind === 'started');
    equal(first.members.map((member) => member.userName).sort(), [ANN, BOB, CYD], 'those it began with');
  }
  await bob.say(plans, 'what is the plan?');
  await Promise.all([ann, bob, cyd].map((person) => person.hears(plans, 'what is the plan?')));
  equal((await ann.ask('StartConference', start)).conversation.conversation, plans, 'the conference of a repeated start');
  ok('a conference with two others at once; repeated, it is the same one');

  // Case 5, the second way: inviting into a private chat begins a conference.
  const before = (await bob.ask('GetConversation', { conversation: chat })).head;
  const going = (await ann.ask('Invite', { conversation: chat, userNames: [CYD], operationId: id() })).conversation;
  expect(going.conversation !== chat && going.kind === 'conference' && going.continuedFrom === chat, 'a new conference that goes on from the chat');
  equal(going.memberCount, 3, 'its members');
  await ann.say(going.conversation, 'welcome');
  await cyd.hears(going.conversation, 'welcome');
  equal(textsOf(await cyd.read(going.conversation)), ['welcome'], 'all that the newcomer reads');
  equal((await cyd.refused('ReadTranscript', { conversation: chat })).name, 'noSuchConversation', 'the newcomer reading the private chat');
  equal(cyd.entriesOf(chat).length, 0, 'entries of the private chat that came to the newcomer');
  equal((await bob.ask('GetConversation', { conversation: chat })).head, before, 'the place of the private chat, which stays as it is');
  ok('inviting a third into a private chat begins a conference, where nothing of before can be read');

  // Case 6: the list.
  await bob.say(chat, 'first unread');
  const last = await bob.say(chat, 'second unread');
  await ann.hears(chat, 'second unread');
  const list = (await ann.ask('ListConversations')).items;
  const row = list.find((one) => one.conversation === chat);
  equal([row.kind, row.unread, row.lastMessage.text], ['privateChat', 2, 'second unread'], 'kind, unread and last message of the chat');
  const planned = list.find((one) => one.conversation === plans);
  equal([planned.kind, planned.title], ['conference', 'Plans'], 'kind and title of the conference');
  expect(list.indexOf(row) < list.indexOf(planned), 'newer activity stands above older');
  equal((await ann.ask('MarkRead', { conversation: chat, seq: last.seq })).seq, last.seq, 'the read mark');
  equal((await ann.ask('GetConversation', { conversation: chat })).unread, 0, 'unread after reading');
  await bob.sees('ReadMarkMoved', 'her read mark', (notice) => notice.person.userName === ANN && notice.readSeq === last.seq);
  await ann.seesInbox('the mark in the inbox', (entry) => entry.kind === 'readMarked' && entry.readSeq === last.seq);
  ok('the list shows chats and conferences with what is unread; reading is seen by the other side');

  // Case 7: leave; and case 5, the first way: invite into a conference.
  await cyd.ask('LeaveConference', { conversation: plans });
  await cyd.ask('LeaveConference', { conversation: plans });
  const left = await ann.seesEntry(plans, 'the leave', (entry) => entry.kind === 'left' && entry.author.userName === CYD);
  await ann.say(plans, 'now that she is gone');
  await bob.hears(plans, 'now that she is gone');
  const after = await cyd.read(plans);
  equal([after.head, after.entries.at(-1).kind], [left.seq, 'left'], 'the last that the one who left reads');
  equal((await cyd.refused('SendMessage', { conversation: plans, clientMessageId: id(), text: 'me?' })).name, 'noSuchConversation', 'sending after the leave');
  ok('whoever leaves a conference is told to the others, and hears and says nothing there any more');

  const back = await ann.ask('Invite', { conversation: plans, userNames: [CYD], operationId: id() });
  equal(back.conversation.conversation, plans, 'the conference that she was invited to');
  const joined = await bob.seesEntry(plans, 'the joining', (entry) => entry.kind === 'joined' && entry.member.userName === CYD);
  equal(joined.author.userName, ANN, 'who invited');
  await bob.say(plans, 'welcome back');
  await cyd.hears(plans, 'welcome back');
  const whole = await cyd.read(plans, { after: 0 });
  equal(textsOf(whole), ['what is the plan?', 'welcome back'], 'the messages that she reads');
  equal(whole.holes.map((hole) => [hole.from, hole.to]), [[left.seq + 1, joined.seq - 1]], 'what lies between her two memberships');
  expect(!cyd.entriesOf(plans).some((entry) => entry.seq > left.seq && entry.seq < joined.seq), 'nothing of between came live');
  ok('whoever is invited to a conference is told to the others, and reads nothing of between');

  // Case 8: edit one's own profile; another sees it live.
  const { me } = resumed;
  const edited = await ann.ask('EditProfile', { version: me.version, displayName: 'Ann the Planner', about: 'makes plans' });
  equal(edited.version, me.version + 1, 'the version after an edit');
  const told = await bob.sees('ProfileChanged', 'her new profile', (profile) => profile.userName === ANN && profile.version === edited.version && profile);
  equal(told.displayName, 'Ann the Planner', 'the name that he is told');
  const stale = await ann.refused('EditProfile', { version: me.version, displayName: 'Ann the Late' });
  equal([stale.name, stale.current.version], ['staleVersion', edited.version], 'an edit of an old version');
  ok('a profile is edited, seen live by another, and an edit of an old version is refused');

  // Case 9: another's profile.
  const profile = await bob.ask('GetProfile', { userName: ANN });
  equal([profile.displayName, profile.about, profile.presence], ['Ann the Planner', 'makes plans', 'online'], 'the profile of another');
  equal(['presenceChoice', 'hidesLastSeen', 'administrator'].filter((own) => profile[own] != null), [], 'what is for her alone');
  ok('the profile of another shows what is for others, and no more');

  // Who comes and goes.
  await cyd.stop();
  const gone = await ann.sees('PresenceChanged', 'that cyd went', (notice) => notice.person.userName === CYD && notice.presence === 'offline' && notice, 40);
  expect(gone.lastSeen > 0, 'when she was last here');
  ann.forget('PresenceChanged');
  const cydAgain = await connect();
  await cydAgain.ask('Resume', { token: cydSession.token });
  await ann.sees('PresenceChanged', 'that cyd came', (notice) => notice.person.userName === CYD && notice.presence === 'online');
  equal((await ann.ask('GetProfile', { userName: CYD })).presence, 'online', 'her presence when asked for');
  ok('who goes and who comes is seen by the others');

  // Idle.
  const people = [ann, bob, cydAgain];
  const quiet = (await ann.ask('GetConversation', { conversation: plans })).head;
  await Promise.race([new Promise((resolve) => { setTimeout(resolve, idleSeconds * 1000); }), ...people.map((person) => person.closed)]);
  expect(people.every((person) => !person.isClosed), `three idle connections stay open for ${idleSeconds} s`);
  equal((await ann.ask('GetConversation', { conversation: plans })).head, quiet, 'the place of a conversation in which nobody said anything');
  await ann.say(plans, 'still there?');
  await Promise.all(people.map((person) => person.hears(plans, 'still there?')));
  ok(`after ${idleSeconds} s of silence everybody is still connected, and hears`);

  await logOut(cydAgain, cydSession);
  ok('and logs out');
}

await run(async () => {
  expect(server, 'a server: node nine-cases.mjs http://localhost:5080 [seconds of idling] [json | messagepack]');
  await main();
});

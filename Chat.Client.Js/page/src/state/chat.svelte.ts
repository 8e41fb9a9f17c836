import {
  ChatClient,
  ChatRefusedError,
  type ChatState,
  type EditProfile,
  type EndReason,
  Limits,
  type PresenceChoice,
  type Profile,
} from 'signalrchat';
import { toasts } from '../design/toasts.svelte';
import { say } from '../strings';
import { Conversations } from './conversations.svelte';
import { Drafts } from './drafts';
import { Frames } from './frames';
import { People } from './people.svelte';
import { Timeline } from './timeline.svelte';
import { TypingPeople } from './typing.svelte';

const timelinesKept = 8;
/** Nobody waits longer for the server to log them out. */
const logOutLimit = 5_000;

/** The chat as the page sees it: one client of the SDK, and what its events add up to. */
export class Chat {
  readonly client = new ChatClient({ url: location.origin, session: 'cookie', program: 'page', device: deviceName() });
  readonly people = new People(this.client);
  readonly typing = new TypingPeople();
  readonly conversations = new Conversations(this.client, () => this.me, this.people);

  state = $state.raw<ChatState>({ name: 'idle' });
  /** `starting` until it is known whether the browser has a session. */
  phase = $state<'starting' | 'out' | 'in'>('starting');
  endedBy = $state<EndReason | null>(null);
  drafts = new Drafts('');
  /** Set by what shows a conversation: whether its newest rows are in sight. */
  follows: (conversation: string) => boolean = () => false;
  #me = $state.raw<Profile>();
  #frames = new Frames();
  #timelines = new Map<string, Timeline>();

  constructor() {
    const { client } = this;
    const frame =
      <T>(deed: (value: T) => void) =>
      (value: T) =>
        this.#frames.next(() => deed(value));
    client.on('stateChanged', (state) => this.#changed(state));
    client.on(
      'listed',
      frame((rows) => {
        this.conversations.list(rows);
        this.people.readBlocked().catch(() => {}); // the session is over
      }),
    );
    client.on(
      'entries',
      frame((batch) => {
        for (const entry of batch.entries) if (entry.kind === 'message') this.typing.stop(batch.conversation, entry.author.user);
        this.#timelines.get(batch.conversation)?.tell(batch, this.follows(batch.conversation));
        this.conversations.tell(batch);
      }),
    );
    client.on(
      'outboxChanged',
      frame(({ conversation, outgoing }) => {
        this.#timelines.get(conversation)?.afloat(outgoing);
        // A message that failed stays, to be tried again. A change has no row where it could: also one that an earlier page asked for is told of here.
        for (const each of outgoing) {
          if (!each.refused || each.draft.method === 'SendMessage') continue;
          toasts.problem(each.refused.message);
          each.discard();
        }
      }),
    );
    client.on(
      'inbox',
      frame((entry) => {
        if (entry.kind === 'userBlocked') this.people.blocked.set(entry.person.user, entry.person);
        else if (entry.kind === 'userUnblocked') this.people.blocked.delete(entry.person.user);
        else return this.conversations.inbox(entry);
        this.refresh();
      }),
    );
    client.on(
      'typing',
      frame((notice) => {
        if (!this.people.blocked.has(notice.person.user)) this.typing.see(notice);
      }),
    );
    client.on(
      'presence',
      frame(({ person, presence }) => this.people.presences.set(person.user, presence)),
    );
    client.on(
      'profile',
      frame((profile) => this.#see(profile)),
    );
    client.on(
      'readMark',
      frame((notice) => this.conversations.readBy(notice)),
    );
    client.on(
      'begun',
      frame(({ conversation, from, reset }) => {
        if (!reset) return this.#timelines.get(conversation)?.cut(from - 1);
        this.#forget(conversation);
        this.conversations.restart(conversation);
      }),
    );
    client.on('announced', ({ text, author }) => toasts.show(say.announcement(this.people.nameOf(author), text), 'announcement'));
    client.on('outboxVolatile', () => toasts.problem(say.nothingKept));
    client.on(
      'skipped',
      frame(({ conversation, hole }) => this.#timelines.get(conversation)?.cut(hole.to)),
    );
    client.on(
      'forgotten',
      frame(({ conversation }) => {
        this.#forget(conversation);
        this.conversations.drop(conversation);
      }),
    );
  }

  get me(): Profile {
    return this.#me!;
  }

  /** Goes on with the browser's session, if it has one. */
  async start(): Promise<void> {
    try {
      this.#begin((await this.client.resume()).me);
    } catch (no) {
      if (!(no instanceof ChatRefusedError)) throw no;
      this.phase = 'out';
    }
  }

  async logIn(userName: string, password: string): Promise<void> {
    this.#begin((await this.client.logIn(userName, password)).me);
  }

  async register(userName: string, password: string, displayName: string): Promise<void> {
    this.#begin((await this.client.register(userName, password, { displayName: displayName || undefined })).me);
  }

  /** Now or not at all: a log-out that waited for the server would be there before what is still to be sent, and that would be lost. */
  async logOut(): Promise<void> {
    try {
      await this.client.logOut({ signal: this.state.name === 'live' ? AbortSignal.timeout(logOutLimit) : AbortSignal.abort() });
    } catch (no) {
      toasts.problem(no instanceof ChatRefusedError ? no.message : say.cannotLogOut);
    }
  }

  /** Shows it at once, and takes it back where it is refused. */
  async editProfile(edit: EditProfile): Promise<void> {
    this.#see({ ...this.me, ...edit });
    try {
      await this.client.editProfile(edit);
    } finally {
      this.#see(this.client.me!);
    }
  }

  async choosePresence(choice: PresenceChoice): Promise<void> {
    this.#see(await this.client.setPresence({ choice }));
  }

  /** The stretch of this conversation that is shown; kept for the last few that were looked at. */
  timeline(id: string): Timeline {
    const held = this.#timelines.get(id) ?? outliving(() => new Timeline(this.client.conversation(id), () => this.me));
    this.#timelines.delete(id);
    this.#timelines.set(id, held);
    for (const [other] of this.#timelines) {
      if (this.#timelines.size <= timelinesKept) break;
      this.#timelines.delete(other);
    }
    held.afloat(held.conversation.outgoing);
    return held;
  }

  /** What nobody tells twice, such as who is here: asked for anew after a break. Once the session is over, the next one begins with the whole list. */
  refresh(): void {
    this.#reread().catch(() => {});
  }

  async #reread(): Promise<void> {
    const { items } = await this.client.call('ListConversations', { limit: Limits.pageOfConversations });
    for (const row of items) this.conversations.put(row);
  }

  /** Shows what was just asked for without waiting for the next picture. */
  floated(id: string): void {
    const timeline = this.#timelines.get(id);
    timeline?.afloat(timeline.conversation.outgoing);
  }

  #begin(me: Profile): void {
    this.#see(me, true);
    if (this.drafts.user !== me.user) this.drafts = new Drafts(me.user);
    this.endedBy = null;
    this.phase = 'in';
  }

  #changed(state: ChatState): void {
    this.state = state;
    if (state.name === 'live' && this.phase === 'in') this.refresh();
    if (state.name !== 'ended' || this.phase !== 'in') return;
    if (state.reason === 'loggedOut') this.drafts.clear();
    this.endedBy = state.reason;
    this.#timelines.clear();
    this.conversations.clear();
    this.phase = 'out';
  }

  #see(profile: Profile, mine = profile.user === this.#me?.user): void {
    if (mine) this.#me = profile;
    this.people.see(profile);
  }

  // What was held of it belongs to another history; whoever shows it opens it anew.
  #forget(conversation: string): void {
    const timeline = this.#timelines.get(conversation);
    if (!timeline) return;
    timeline.phase = 'new';
    void timeline.open();
  }
}

/** Made here, what is derived would end with the component that happened to ask first. */
function outliving<T>(make: () => T): T {
  let made: T;
  $effect.root(() => {
    made = make();
  });
  return made!;
}

function deviceName(): string {
  const browser = /Firefox|Edg|Chrome|Safari/.exec(navigator.userAgent)?.[0] ?? 'Browser';
  const system = /Windows|Android|iPhone|iPad|Mac|Linux/.exec(navigator.userAgent)?.[0];
  return system ? `${browser}, ${system}` : browser;
}

export const chat = new Chat();

import type { ChatClient } from './client.js';
import {
  type Conversation,
  type ConversationId,
  type Entry,
  type Invited,
  Limits,
  type Member,
  type Message,
  type Role,
  type SharedHistory,
  type TranscriptPage,
} from './contract.js';
import type { Outgoing } from './outgoing.js';
import { TranscriptReader } from './reading/transcript-reader.js';
import type { Draft } from './rules/draft.js';
import type { Signal } from './surroundings.js';

/** A message to be sent, with what belongs to it besides its text. */
export interface NewMessage {
  /** 1 to 16,384 bytes of UTF-8, not only white space. */
  text: string;

  /** The seq of the message in the same conversation that this one answers. */
  replyTo?: number | undefined;

  /** User names of members, at most 50; who is not a member is passed over. */
  mentions?: readonly string[] | undefined;

  /** Made by the client unless given. A program that keeps drafts of its own gives one, and the same again after a restart. */
  clientMessageId?: string | undefined;
}

/** Ends a call's or a loop's waiting, not what was asked for. */
export interface Cancel {
  signal?: Signal | undefined;
}

/**
 * A conversation as its user's client reaches it: light, good over reconnects.
 *
 * Sending survives disconnects and lost answers, and what is sent to one conversation is stored once and in the order of the calls. What is too large
 * fails at once, whether or not there is a connection.
 * Reading comes in order of seq, each entry once, with nothing left out but what is not for the reader; a reader may take all the time it wants, and
 * waits where it asks for more than the server gives at a time (`rateLimited`).
 * Live, an entry comes as it was appended; read back, a message has its present text, its reactions, and no text once it is deleted.
 * Everything else is refused with a `ChatRefusedError`.
 */
export class ChatConversation {
  readonly id: ConversationId;

  /** Title, members, unread count …, as they were when this handle was got; undefined where it was made by its id alone. */
  readonly details: Conversation | undefined;

  /** What became of each name, in the order asked, where this handle comes from starting or inviting; otherwise empty. */
  readonly invited: readonly Invited[];
  readonly #chat: ChatClient;
  readonly #reader: TranscriptReader;

  /** @internal */
  constructor(chat: ChatClient, id: ConversationId, details?: Conversation, invited: readonly Invited[] = []) {
    this.id = id;
    this.details = details;
    this.invited = invited;
    this.#chat = chat;
    this.#reader = new TranscriptReader(id, chat.feeds, (request, signal) => chat.call('ReadTranscript', request, { signal }));
  }

  /** What waits to be stored here, or failed, in the order queued. */
  get outgoing(): readonly Outgoing[] {
    return this.#chat.outgoingOf(this.id);
  }

  /** The conversation as it is now. */
  refresh(cancel?: Cancel): Promise<Conversation> {
    return this.#chat.call('GetConversation', { conversation: this.id }, cancel);
  }

  /** @throws ChatRefusedError `limitReached` where too much waits already. */
  send(message: NewMessage | string): Outgoing {
    const { text, replyTo, mentions, clientMessageId = this.#chat.newId() } = typeof message === 'string' ? { text: message } : message;
    return this.#send({ method: 'SendMessage', request: { conversation: this.id, clientMessageId, text, replyTo, mentions } });
  }

  /** Gives one's own message another text. */
  edit(seq: number, text: string): Outgoing {
    return this.#send({ method: 'EditMessage', request: { ...this.#about(seq), text } });
  }

  /** Erases one's own message, or as an owner anybody's. */
  delete(seq: number): Outgoing {
    return this.#send({ method: 'DeleteMessage', request: this.#about(seq) });
  }

  /** @param emoji One emoji, at most 32 bytes of UTF-8. */
  react(seq: number, emoji: string): Outgoing {
    return this.#send({ method: 'React', request: { ...this.#about(seq), emoji } });
  }

  /** Takes a reaction back. */
  unreact(seq: number, emoji: string): Outgoing {
    return this.#send({ method: 'Unreact', request: { ...this.#about(seq), emoji } });
  }

  /** Moves one's read mark up to this seq; never down, never above the head. Where the mark is then. */
  async markRead(seq: number, cancel?: Cancel): Promise<number> {
    return (await this.#chat.call('MarkRead', { conversation: this.id, seq }, cancel)).seq;
  }

  /**
   * Shows the others for a few seconds that one is typing. Call it as often as a key is pressed: more than once in 3 s is dropped, and so is
   * what cannot be told at once.
   */
  typing(): void {
    this.#chat.typing(this.id);
  }

  /** The messages among the last entries (50 unless said otherwise), then each new message as it comes, until the loop is left or cancelled. */
  async *messages(options: { tail?: number | undefined } & Cancel = {}): AsyncGenerator<Message, void, undefined> {
    for await (const entry of this.entries(options)) if (entry.kind === 'message') yield entry;
  }

  /**
   * The last entries of all kinds (`tail`: 0 to 200, 50 unless said otherwise; fewer where long texts fill the page), or those behind a seq
   * (`after`: 0 for all), then each new one as it comes, until the loop is left or cancelled.
   */
  entries(options: { tail?: number | undefined; after?: number | undefined } & Cancel = {}): AsyncGenerator<Entry, void, undefined> {
    return options.after === undefined
      ? this.#reader.tail(options.tail ?? 50, options.signal)
      : this.#reader.after(options.after, options.signal);
  }

  /** What was, newest first, from below a seq (the newest unless said otherwise) down to the first entry that one may read. */
  history(options: { before?: number | undefined } & Cancel = {}): AsyncGenerator<Entry, void, undefined> {
    return this.#reader.backwards(options.before, options.signal);
  }

  /** What is readable of the entries from one seq to another, both included, oldest first; without an end, to the newest there is by then. */
  read(from: number, to?: number, cancel: Cancel = {}): AsyncGenerator<Entry, void, undefined> {
    return this.#reader.stretch(from, to, cancel.signal);
  }

  /**
   * One page of at most `limit` entries (1 to 200, 50 unless said otherwise; long texts end it earlier): below `before`, or above `after`, or with
   * neither the newest.
   */
  page(
    options: { before?: number | undefined; after?: number | undefined; limit?: number | undefined } & Cancel = {},
  ): Promise<TranscriptPage> {
    const { signal, ...place } = options;
    return this.#chat.call('ReadTranscript', { conversation: this.id, ...place }, { signal });
  }

  /** All members, in order of user names. */
  async *members(cancel?: Cancel): AsyncGenerator<Member, void, undefined> {
    for await (const page of this.#chat.pages('ListMembers', { conversation: this.id, limit: Limits.pageOfConversations }, cancel))
      yield* page.items;
  }

  /**
   * Brings people, at most 500, into a conference: this one is answered. Of a private chat it makes a new conference of the two and them, which is
   * answered; the private chat stays private.
   * @param options `history`: what the newcomers may read of what was; only owners may share any. `fromSeq`, with `history: 'fromSeq'`: the first seq.
   */
  invite(
    userNames: readonly string[],
    options: { history?: SharedHistory | undefined; fromSeq?: number | undefined } & Cancel = {},
  ): Promise<ChatConversation> {
    const { signal, ...shared } = options;
    return this.#chat.started('Invite', { conversation: this.id, userNames, operationId: this.#chat.newId(), ...shared }, { signal });
  }

  /** What was readable stays readable; nothing later comes. The last owner's leaving makes the longest-standing member owner. */
  async leave(cancel?: Cancel): Promise<void> {
    await this.#chat.call('LeaveConference', { conversation: this.id }, cancel);
  }

  /** By owners. @param title At most 100 characters; empty takes the title away. */
  async rename(title: string, cancel?: Cancel): Promise<void> {
    await this.#chat.call('RenameConference', { conversation: this.id, title }, cancel);
  }

  /** Puts a member out; by owners. After a lost connection it may be refused as `notAMember` for a member it removed. */
  async remove(userName: string, cancel?: Cancel): Promise<void> {
    await this.#chat.call('RemoveMember', { conversation: this.id, userName }, cancel);
  }

  /** By owners. The last owner's stepping down makes the longest-standing other member owner. */
  async changeRole(userName: string, role: Role, cancel?: Cancel): Promise<void> {
    await this.#chat.call('ChangeRole', { conversation: this.id, userName, role }, cancel);
  }

  /** Hides it from one's list until its next message. */
  async hide(cancel?: Cancel): Promise<void> {
    await this.#chat.call('HideConversation', { conversation: this.id }, cancel);
  }

  async pin(pinned: boolean, cancel?: Cancel): Promise<void> {
    await this.#chat.call('PinConversation', { conversation: this.id, pinned }, cancel);
  }

  async mute(muted: boolean, cancel?: Cancel): Promise<void> {
    await this.#chat.call('MuteConversation', { conversation: this.id, muted }, cancel);
  }

  #about(seq: number) {
    return { conversation: this.id, seq, clientMessageId: this.#chat.newId() };
  }

  #send(draft: Draft): Outgoing {
    return this.#chat.send(draft);
  }
}

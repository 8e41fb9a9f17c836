import {
  type Answer,
  type Conversation,
  type EntryBatch,
  type HubEvents,
  type HubMethods,
  Limits,
  type Message,
  type Refusal,
  type Resync,
} from '../../src/contract.js';
import { type Dial, type Line, LineLost, type Listener } from '../../src/driving/dial.js';
import { ANN, someMessage, someRow, someSession } from './some.js';

export type Asked = { [M in keyof HubMethods]: { method: M; request: HubMethods[M]['request'] } }[keyof HubMethods];

/** The other end of a fake connection. It holds transcripts, and answers as the protocol says unless it is told to be silent, down or of another opinion. */
export class FakeHub {
  readonly lines: FakeLine[] = [];
  readonly transcripts = new Map<string, Message[]>([['lobby', []]]);
  epoch = 'e1';
  inboxSeq = 0;

  /** Connections cannot be made. */
  isDown = false;

  /** Connections stay half open: nothing comes back. */
  isMute = false;

  /** Instead of the usual answer: a refusal, or silence. */
  readonly instead = new Map<keyof HubMethods, (request: never) => Refusal | 'nothing' | undefined>();

  /** Instead of the usual answer of a log-in. */
  session = someSession();

  readonly dial: Dial = (listener) => {
    const line = new FakeLine(this, listener);
    this.lines.push(line);
    return line;
  };

  get line(): FakeLine {
    return this.lines.at(-1)!;
  }

  get asked(): Asked[] {
    return this.lines.flatMap((line) => line.asked);
  }

  askedFor<M extends keyof HubMethods>(method: M): HubMethods[M]['request'][] {
    return this.asked.filter((one) => one.method === method).map((one) => one.request as HubMethods[M]['request']);
  }

  texts(conversation: string): string[] {
    return (this.transcripts.get(conversation) ?? []).map((message) => message.text ?? '');
  }

  /** Somebody else says something: every open line is told. */
  say(conversation: string, text: string): void {
    this.#store(conversation, someMessage(this.#head(conversation) + 1, { text }));
  }

  answer({ method, request }: Asked): Answer<unknown> | undefined {
    const instead = this.instead.get(method)?.(request as never);
    if (instead === 'nothing') return undefined;
    if (instead !== undefined) return { value: null, refusal: instead };
    return { value: this.#value({ method, request } as Asked), refusal: null };
  }

  batch(conversation: string, from: number): EntryBatch {
    const entries = (this.transcripts.get(conversation) ?? []).filter((message) => message.seq >= from);
    return { conversation, epoch: this.epoch, from, to: this.#head(conversation), entries, holes: [] };
  }

  #value(asked: Asked): unknown {
    switch (asked.method) {
      case 'Register':
      case 'LogIn':
        return { ...this.session, epoch: this.epoch };
      case 'Resume':
        return { ...this.session, epoch: this.epoch, token: asked.request.token };
      case 'ListConversations':
        return { items: [...this.transcripts.keys()].map((id): Conversation => someRow(id, this.#head(id))), inboxSeq: this.inboxSeq };
      case 'SendMessage':
        return this.#send(asked.request);
      case 'Resync':
        return this.#resync(asked.request);
      case 'ReadTranscript':
        return { ...this.batch(asked.request.conversation, (asked.request.after ?? 0) + 1), head: this.#head(asked.request.conversation) };
      case 'GetProfile':
        return this.session.me;
      default:
        return {};
    }
  }

  #send({ conversation, clientMessageId, text }: HubMethods['SendMessage']['request']) {
    const stored = this.transcripts.get(conversation)?.find((message) => message.clientMessageId === clientMessageId);
    const message = stored ?? someMessage(this.#head(conversation) + 1, { clientMessageId, text, author: ANN });
    if (stored === undefined) this.#store(conversation, message);
    return { conversation, seq: message.seq, sentAt: message.sentAt, repeated: stored !== undefined };
  }

  #resync({ epoch, have, inboxSeq }: Resync) {
    const known = Object.entries(have)
      .filter(([conversation]) => this.transcripts.has(conversation))
      .map(([conversation, seq]) => {
        const head = this.#head(conversation);
        // Of another history, the tail is told.
        if (epoch !== this.epoch || seq > head) return { conversation, from: Math.max(0, head - Limits.resyncTail) + 1, head, reset: true };
        return { conversation, from: seq + 1, head };
      });
    const line = this.line;
    setImmediate(() => {
      for (const { conversation, from } of known)
        if (from <= this.#head(conversation)) line.tell('EntriesAppended', this.batch(conversation, from));
    });
    return {
      epoch: this.epoch,
      conversations: known,
      inbox: inboxSeq === undefined ? undefined : { from: inboxSeq + 1, head: this.inboxSeq },
    };
  }

  #store(conversation: string, message: Message): void {
    const transcript = this.transcripts.get(conversation) ?? [];
    this.transcripts.set(conversation, [...transcript, message]);
    for (const line of this.lines) line.tell('EntriesAppended', this.batch(conversation, message.seq));
  }

  #head(conversation: string): number {
    return this.transcripts.get(conversation)?.at(-1)?.seq ?? 0;
  }
}

export class FakeLine implements Line {
  readonly asked: Asked[] = [];
  readonly #hub: FakeHub;
  readonly #listener: Listener;
  readonly #waiting = new Set<(why: Error) => void>();
  #isBroken = false;
  isOpen = false;
  isDropped = false;

  constructor(hub: FakeHub, listener: Listener) {
    this.#hub = hub;
    this.#listener = listener;
  }

  async open(): Promise<void> {
    if (this.#hub.isDown) throw new Error('There is nobody.');
    if (this.#hub.isMute) return new Promise(() => {});
    this.isOpen = true;
  }

  ask<M extends keyof HubMethods>(method: M, request: HubMethods[M]['request']): Promise<Answer<HubMethods[M]['value']>> {
    const asked = { method, request } as Asked;
    this.asked.push(asked);
    const answer = this.#hub.answer(asked);
    return new Promise((resolve, reject) => {
      if (!this.isOpen) reject(new LineLost('It is gone.'));
      else if (answer === undefined || this.#hub.isMute) this.#waiting.add(reject);
      else resolve(answer as Answer<HubMethods[M]['value']>);
    });
  }

  tell<E extends keyof HubEvents>(event: E, argument: HubEvents[E]): void {
    // What was lost on the way does not come any more, nor does anything behind it: whoever waits for it hears nothing until they connect anew.
    this.#isBroken ||= this.#hub.isMute;
    if (!this.isOpen || this.#isBroken) return;
    this.#listener.heard();
    this.#listener.told(event, argument);
  }

  ping(): void {
    if (this.isOpen && !this.#isBroken) this.#listener.heard();
  }

  /** The connection breaks. */
  break(): void {
    this.#close();
    this.#listener.lost(new Error('It broke.'));
  }

  drop(): void {
    this.isDropped = true;
    this.#close();
  }

  #close(): void {
    this.isOpen = false;
    for (const reject of this.#waiting) reject(new LineLost('It is gone.'));
    this.#waiting.clear();
  }
}

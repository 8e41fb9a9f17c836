import { type ConversationId, type Receipt, type Refusal, RefusalCode, type UserId } from '../contract.js';
import { ChatDisposedError, ChatRefusedError } from '../errors.js';
import type { Emitter } from '../events.js';
import { MemoryOutbox } from '../outbox/memory.js';
import type { KeptDraft, OpenOutbox } from '../outbox/outbox.js';
import { Outgoing, type Sending } from '../outgoing.js';
import { type Draft, idOf } from '../rules/draft.js';
import type { Settings } from '../settings.js';

/** Who puts drafts on their way. */
export interface Queue {
  queue(draft: Draft): void;
  restore(drafts: readonly Draft[]): void;
  discard(clientMessageId: string): void;
}

/**
 * What a user sees of the drafts: kept before they are sent, shown until their entries are told. One that is stored goes on to be shown until its
 * entry takes its place, so that it is never missing between the two.
 */
export class Outgoings implements Sending {
  readonly #settings: Settings;
  readonly #emitter: Emitter;
  readonly #queue: Queue;
  readonly #all = new Map<string, Outgoing>();
  readonly #keeping = new Map<string, Promise<void>>();
  #outbox: OpenOutbox | undefined;
  #end: Error | undefined;

  constructor(settings: Settings, emitter: Emitter, queue: Queue) {
    this.#settings = settings;
    this.#emitter = emitter;
    this.#queue = queue;
  }

  get all(): readonly Outgoing[] {
    return [...this.#all.values()];
  }

  of(conversation: ConversationId): readonly Outgoing[] {
    return this.all.filter((outgoing) => outgoing.conversation === conversation);
  }

  /** Two who send the same id wait for the same draft. */
  add(draft: Draft): Outgoing {
    const present = this.#all.get(idOf(draft));
    if (present !== undefined) return present;
    const waiting = this.all.filter((outgoing) => outgoing.state === 'pending').length;
    if (waiting >= this.#settings.outboxLength) throw new ChatRefusedError(tooMany(waiting));

    const outgoing = new Outgoing(draft, this.#settings.clock.time(), this);
    if (this.#end !== undefined) return left(outgoing, this.#end);
    this.#all.set(outgoing.clientMessageId, outgoing);
    this.#queue.queue(draft);
    this.#tell(outgoing);
    return outgoing;
  }

  /** Begins with what was kept by an earlier run. Where nothing can be kept, says so and goes on in memory. */
  async open(user: UserId): Promise<void> {
    const adopt = (drafts: readonly KeptDraft[]) => this.#restore(drafts);
    try {
      this.#outbox = await this.#settings.outbox.open(this.#settings.server, user, adopt);
    } catch (fault) {
      this.#isVolatile(fault);
      this.#outbox = await new MemoryOutbox().open(this.#settings.server, user, adopt);
    }
    if (this.#end !== undefined) return this.#outbox.close();
    for (const outgoing of this.all) this.keep(outgoing.draft);
    this.#restore(this.#outbox.drafts);
  }

  adoptLeft(): void {
    this.#outbox?.adoptLeft();
  }

  keep(draft: Draft): void {
    const outgoing = this.#all.get(idOf(draft));
    outgoing?.keep(draft);
    if (this.#outbox === undefined || outgoing === undefined) return;
    const failed = outgoing.refused?.refusal;
    const keeping = this.#outbox.keep({ draft, queuedAt: outgoing.queuedAt, failed }).catch((fault) => this.#isVolatile(fault));
    this.#keeping.set(idOf(draft), keeping);
    void keeping.then(() => this.#keeping.delete(idOf(draft)));
  }

  /** Ends when the draft is as safe as it can be. */
  async kept(draft: Draft): Promise<void> {
    await this.#keeping.get(idOf(draft));
  }

  /** @param isTold Whether its entry has been told already, or lies where nothing is told. */
  stored(draft: Draft, receipt: Receipt, isTold: boolean): void {
    const outgoing = this.#all.get(idOf(draft));
    this.#forget(idOf(draft));
    if (outgoing === undefined) return;
    outgoing.stored(receipt);
    if (isTold) this.#all.delete(outgoing.clientMessageId);
    this.#tell(outgoing);
  }

  /** Everything up to this seq has been told, or will not be. */
  toldTo(conversation: ConversationId, seq: number): void {
    for (const outgoing of this.of(conversation)) {
      if (outgoing.receipt === undefined || outgoing.receipt.seq > seq) continue;
      this.#all.delete(outgoing.clientMessageId);
      this.#tell(outgoing);
    }
  }

  failed(draft: Draft, refusal: Refusal): void {
    const outgoing = this.#all.get(idOf(draft));
    if (outgoing === undefined) return;
    outgoing.failed(new ChatRefusedError(refusal));
    this.keep(draft);
    this.#tell(outgoing);
  }

  retry(outgoing: Outgoing): void {
    if (this.#end !== undefined || !this.#all.has(outgoing.clientMessageId)) return;
    outgoing.again();
    this.#queue.queue(outgoing.draft);
    this.#tell(outgoing);
  }

  discard(outgoing: Outgoing): void {
    if (!this.#all.delete(outgoing.clientMessageId)) return;
    this.#queue.discard(outgoing.clientMessageId);
    this.#forget(outgoing.clientMessageId);
    left(outgoing, new ChatDisposedError('This was discarded.'));
    this.#tell(outgoing);
  }

  /** @param empty Whether the user's drafts leave this device with the user. */
  end(why: Error, empty: boolean): void {
    this.#end = why;
    const all = this.all;
    this.#all.clear();
    const dropped = empty ? all.map((outgoing) => this.#outbox?.drop(outgoing.clientMessageId).catch(() => {})) : [];
    for (const outgoing of all) left(outgoing, why);
    const kept = [...this.#keeping.values(), ...dropped];
    void Promise.all(kept).then(() => this.#outbox?.close());
  }

  #restore(drafts: readonly KeptDraft[]): void {
    const restored = drafts.filter(({ draft }) => !this.#all.has(idOf(draft)));
    const before = this.all;
    this.#all.clear();
    for (const { draft, queuedAt, failed } of restored) {
      const outgoing = new Outgoing(draft, queuedAt, this);
      this.#all.set(outgoing.clientMessageId, outgoing);
      if (failed !== undefined) outgoing.failed(new ChatRefusedError(failed));
    }
    for (const outgoing of before) this.#all.set(outgoing.clientMessageId, outgoing);
    this.#queue.restore(restored.filter(({ failed }) => failed === undefined).map(({ draft }) => draft));
    for (const conversation of new Set(restored.map(({ draft }) => draft.request.conversation))) this.#tellOf(conversation);
  }

  #forget(id: string): void {
    this.#outbox?.drop(id).catch((fault) => this.#isVolatile(fault));
  }

  #isVolatile(fault: unknown): void {
    if (this.#end === undefined) this.#emitter.tell('outboxVolatile', fault instanceof Error ? fault : new Error(String(fault)));
  }

  #tell(outgoing: Outgoing): void {
    this.#tellOf(outgoing.conversation);
  }

  #tellOf(conversation: ConversationId): void {
    this.#emitter.tell('outboxChanged', { conversation, outgoing: this.of(conversation) });
  }
}

function left(outgoing: Outgoing, why: Error): Outgoing {
  outgoing.left(why);
  return outgoing;
}

const tooMany = (waiting: number): Refusal => ({
  code: RefusalCode.limitReached,
  name: 'limitReached',
  text: `${waiting} drafts are waiting to be stored already.`,
  retryable: false,
});

import { describe, expect, it } from 'vitest';
import type { Draft } from '../../src/rules/draft.js';
import { Drafts } from '../../src/rules/drafts.js';
import type { Effect } from '../../src/rules/effect.js';
import { ANN, BOB, someBatch, someDraft, someMessage, someRefusal } from '../support/some.js';

const busy = someRefusal('serverBusy', { retryable: true, retryAfterMs: 500 });
const receipt = (seq: number, conversation = 'c1') => ({ conversation, seq, sentAt: seq, repeated: false });

class Sender {
  readonly drafts = new Drafts(() => 0.5);
  readonly effects: Effect[] = [];

  constructor(...texts: string[]) {
    this.drafts.restore([]);
    for (const text of texts) this.drafts.add(someDraft(text));
  }

  /** The texts that are sent now. */
  sent(now: number): string[] {
    return this.tries(now).map(({ draft }) => textOf(draft));
  }

  tries(now: number): { draft: Draft; attempt: number }[] {
    const effects: Effect[] = [];
    this.drafts.send(now, effects);
    return effects.flatMap((effect) => (effect.do === 'send' ? [effect] : []));
  }

  stored(text: string, seq: number): void {
    this.drafts.stored(`id of ${text}`, receipt(seq), this.effects);
  }

  get deeds(): string[] {
    return this.effects.map((effect) => ('draft' in effect ? `${effect.do} ${textOf(effect.draft)}` : effect.do));
  }
}

const textOf = (draft: Draft) => (draft.method === 'SendMessage' ? draft.request.text : draft.method);

describe('Drafts of one conversation', () => {
  it('go one after the other, in the order queued', () => {
    const sender = new Sender('one', 'two');

    expect(sender.sent(0)).toEqual(['one']);
    expect(sender.sent(1)).toEqual([]);
    sender.stored('one', 1);
    expect(sender.sent(2)).toEqual(['two']);
  });

  it('do not wait for those of another', () => {
    const sender = new Sender('one');
    sender.drafts.add(someDraft('other', 'c2'));

    expect(sender.sent(0)).toEqual(['one', 'other']);
  });

  it('are sent again, with the same id, when no answer came in 10 s', () => {
    const sender = new Sender('one');
    const [first] = sender.tries(0);

    expect(sender.sent(9_999)).toEqual([]);
    expect(sender.tries(10_000)).toEqual([{ do: 'send', draft: first!.draft, attempt: 2 }]);
  });

  it('are sent again when the connection is lost', () => {
    const sender = new Sender('one');
    sender.tries(0);
    sender.drafts.lost();

    expect(sender.sent(1)).toEqual(['one']);
  });

  it('wait as long as a refusal says that passes', () => {
    const sender = new Sender('one');
    sender.tries(0);
    sender.drafts.refused('id of one', 1, busy, 0, sender.effects);

    expect(sender.sent(499)).toEqual([]);
    expect(sender.sent(500)).toEqual(['one']);
  });

  it('let the next go on when one is refused for good', () => {
    const sender = new Sender('one', 'two');
    sender.tries(0);
    sender.drafts.refused('id of one', 1, someRefusal('textEmpty'), 0, sender.effects);

    expect(sender.deeds).toEqual(['failed one']);
    expect(sender.sent(0)).toEqual(['two']);
  });

  it('are not failed by the refusal of an older try', () => {
    const sender = new Sender('one');
    sender.tries(0);
    sender.tries(10_000);
    sender.drafts.refused('id of one', 1, someRefusal('textEmpty'), 10_001, sender.effects);

    expect(sender.deeds).toEqual([]);
  });

  it('are known by their entries, each settled once', () => {
    const sender = new Sender('one');
    sender.tries(0);
    const entries = [
      someMessage(1, { author: BOB, clientMessageId: 'id of one' }),
      someMessage(2, { author: ANN, clientMessageId: 'id of one' }),
    ];
    const told = sender.drafts.recognise(ANN.user, [{ do: 'apply', batch: someBatch(1, 2, { entries }) }]);
    sender.stored('one', 2);

    expect(told).toMatchObject([{ do: 'stored', receipt: { seq: 2 } }, { do: 'apply' }]);
    expect(sender.effects).toEqual([]);
  });

  it('of an earlier run come first', () => {
    const sender = new Sender();
    const drafts = new Drafts(() => 0.5);
    drafts.add(someDraft('new'));
    drafts.send(0, sender.effects);
    expect(sender.effects, 'nothing is sent before the earlier ones are known').toEqual([]);
    drafts.restore([someDraft('old'), someDraft('older than new'), someDraft('new')]);

    for (const seq of [1, 2, 3]) {
      drafts.send(0, sender.effects);
      const last = sender.effects.at(-1) as Effect & { do: 'send' };
      drafts.stored(last.draft.request.clientMessageId, receipt(seq), []);
    }
    expect(sender.deeds).toEqual(['send old', 'send older than new', 'send new']);
  });

  it('that name a seq of another history are refused, not sent', () => {
    const sender = new Sender();
    sender.drafts.add({ method: 'DeleteMessage', request: { conversation: 'c1', seq: 4, clientMessageId: 'd' }, epoch: 'e1' });
    sender.drafts.add({ ...someDraft('kept'), epoch: 'e1' });
    sender.drafts.judge(sender.drafts.all, 'e2', sender.effects);

    expect(sender.effects).toMatchObject([{ do: 'failed', refusal: { name: 'noSuchMessage' } }]);
    expect(sender.sent(0)).toEqual(['kept']);
  });

  it('that are too large for the server are refused, not sent', () => {
    const sender = new Sender();
    const mentions = Array.from({ length: 9_000 }, (_, place) => `somebody${place}`);
    const drafts: Draft[] = [
      { method: 'SendMessage', request: { conversation: 'c1', clientMessageId: 'a', text: 'ä'.repeat(8_193) } },
      { method: 'EditMessage', request: { conversation: 'c1', clientMessageId: 'b', seq: 1, text: 'x'.repeat(200_000) } },
      { method: 'SendMessage', request: { conversation: 'c1', clientMessageId: 'c', text: 'hello', mentions } },
      someDraft('ä'.repeat(8_192)),
    ];
    sender.drafts.restore(drafts);
    sender.drafts.judge(drafts, 'e1', sender.effects);

    expect(sender.effects).toMatchObject([
      { do: 'failed', draft: drafts[0], refusal: { code: 101, field: 'text' } },
      { do: 'failed', draft: drafts[1], refusal: { code: 101, field: 'text' } },
      { do: 'failed', draft: drafts[2], refusal: { code: 101, field: undefined } },
    ]);
    expect(sender.sent(0)).toEqual(['ä'.repeat(8_192)]);
  });

  it('that are discarded are not sent', () => {
    const sender = new Sender('one', 'two', 'three');
    sender.tries(0);
    sender.drafts.discard('id of two');
    sender.stored('one', 1);

    expect(sender.sent(0)).toEqual(['three']);
  });
});

import { describe, expect, it } from 'vitest';
import type { ResyncResult } from '../../src/contract.js';
import { Cursors } from '../../src/rules/cursors.js';
import type { Effect } from '../../src/rules/effect.js';
import { someBatch, someInbox, someRefusal, someRow } from '../support/some.js';

class Reader {
  readonly cursors = new Cursors(() => 0.5);
  readonly effects: Effect[] = [];

  /** Holds the conversation up to this seq, as after a listing. */
  constructor(have = 3) {
    this.cursors.listed({ items: [someRow('c1', have)], inboxSeq: 0 }, 'e1', this.effects);
    this.effects.length = 0;
  }

  came(from: number, to: number, more = {}): void {
    this.cursors.came(someBatch(from, to, more), this.effects);
  }

  ask(now = 0): { number: number; have: Record<string, number>; epoch: string }[] {
    const effects: Effect[] = [];
    this.cursors.ask(now, effects);
    return effects.flatMap((effect) =>
      effect.do === 'resync' ? [{ number: effect.number, ...effect.request, have: { ...effect.request.have } }] : [],
    );
  }

  answered(number: number, ...conversations: ResyncResult['conversations']): void {
    this.cursors.answered(number, { epoch: 'e1', conversations, inbox: { from: 1, head: 0 } }, this.effects);
  }

  get seqs(): number[] {
    return this.effects.flatMap((effect) => (effect.do === 'apply' ? effect.batch.entries.map((entry) => entry.seq) : []));
  }

  get deeds(): string[] {
    return this.effects.map((effect) => effect.do);
  }
}

describe('A cursor', () => {
  it('takes what follows, each seq once', () => {
    const reader = new Reader();
    reader.came(4, 5);
    reader.came(4, 5);
    reader.came(3, 3);
    reader.came(5, 7);

    expect(reader.seqs).toEqual([4, 5, 6, 7]);
    expect(reader.effects.at(-1)).toMatchObject({ batch: { from: 6, to: 7 } });
  });

  it('cuts the holes of what it takes in part', () => {
    const reader = new Reader();
    reader.came(2, 6, {
      entries: [],
      holes: [
        { from: 2, to: 3 },
        { from: 4, to: 6 },
      ],
    });
    reader.came(5, 8, { entries: [], holes: [{ from: 5, to: 8 }] });

    expect(reader.effects.map((effect) => effect.do === 'apply' && effect.batch.holes)).toEqual([
      [{ from: 4, to: 6 }],
      [{ from: 7, to: 8 }],
    ]);
  });

  it('applies nothing above a gap, and asks for it', () => {
    const reader = new Reader();
    reader.came(6, 6);

    expect(reader.effects).toEqual([]);
    expect(reader.ask()).toMatchObject([{ have: { c1: 3 } }]);
  });

  it('puts aside what comes before the answer, and takes it then, in order', () => {
    const reader = new Reader();
    reader.came(6, 6);
    const [asked] = reader.ask();
    reader.came(6, 7);
    reader.came(4, 5);
    expect(reader.seqs).toEqual([]);
    reader.answered(asked!.number, { conversation: 'c1', from: 4, head: 7 });

    expect(reader.seqs).toEqual([4, 5, 6, 7]);
  });

  it('reports what is skipped, once, and goes on behind it', () => {
    const reader = new Reader();
    reader.cursors.lost();
    const [asked] = reader.ask();
    reader.answered(asked!.number, { conversation: 'c1', from: 901, head: 1_000, skipped: { from: 4, to: 900 } });
    reader.came(901, 902);

    expect(reader.effects[0]).toEqual({ do: 'skip', conversation: 'c1', hole: { from: 4, to: 900 } });
    expect(reader.seqs).toEqual([901, 902]);
  });

  it('begins anew in another history', () => {
    const reader = new Reader();
    reader.came(4, 4, { epoch: 'e2' });
    const [asked] = reader.ask();
    const answer = { epoch: 'e2', conversations: [{ conversation: 'c1', from: 2, head: 2, reset: true }], inbox: { from: 1, head: 0 } };
    reader.cursors.answered(asked!.number, answer, reader.effects);
    reader.came(2, 2, { epoch: 'e2' });
    reader.came(3, 3, { epoch: 'e1' });

    expect(asked).toMatchObject({ epoch: 'e1', have: { c1: 3 } });
    expect(reader.effects).toMatchObject([{ do: 'begin', conversation: 'c1', from: 2, reset: true }, { do: 'apply' }]);
    expect(reader.seqs).toEqual([2]);
  });

  it('drops what the server does not know any more', () => {
    const reader = new Reader();
    reader.cursors.lost();
    reader.answered(reader.ask()[0]!.number);

    expect(reader.effects).toEqual([{ do: 'forget', conversation: 'c1' }]);
    expect(reader.cursors.areFollowing).toBe(true);
  });

  it('asks again after a refusal, not before its time', () => {
    const reader = new Reader();
    reader.cursors.lost();
    reader.cursors.refused(reader.ask(0)[0]!.number, someRefusal('serverBusy', { retryable: true, retryAfterMs: 700 }), 0);

    expect(reader.ask(699)).toEqual([]);
    expect(reader.ask(700)).toMatchObject([{ have: { c1: 3 } }]);
  });

  it('asks for at most 500 conversations in a call', () => {
    const reader = new Reader();
    reader.cursors.listed({ items: Array.from({ length: 700 }, (_, place) => someRow(`d${place}`, 1)), inboxSeq: 0 }, 'e1', []);
    reader.cursors.lost();

    expect(reader.ask().map((asked) => Object.keys(asked.have).length)).toEqual([500, 201]);
  });
});

describe('A conversation that nobody has heard of', () => {
  it('begins with the first batch of it', () => {
    const reader = new Reader();
    reader.came(9, 9, { conversation: 'c2' });

    expect(reader.effects).toMatchObject([{ do: 'begin', conversation: 'c2', from: 9 }, { do: 'apply' }]);
  });

  it('reports what was before that batch, when the inbox says where one joined', () => {
    const reader = new Reader();
    reader.came(9, 9, { conversation: 'c2' });
    const added = { kind: 'conversationAdded', seq: 1, sentAt: 0, conversation: 'c2', joinedSeq: 7, firstSeq: 7 } as const;
    reader.cursors.inboxCame(someInbox(added), reader.effects);

    expect(reader.effects.at(-1)).toEqual({ do: 'skip', conversation: 'c2', hole: { from: 7, to: 8 } });
  });

  it('is asked for where the inbox tells of it only after a reconnect', () => {
    const reader = new Reader();
    reader.cursors.lost();
    const [asked] = reader.ask();
    reader.cursors.answered(
      asked!.number,
      { epoch: 'e1', conversations: [{ conversation: 'c1', from: 4, head: 3 }], inbox: { from: 1, head: 1 } },
      reader.effects,
    );
    const added = { kind: 'conversationAdded', seq: 1, sentAt: 0, conversation: 'c2', joinedSeq: 1, firstSeq: 1 } as const;
    reader.cursors.inboxCame(someInbox(added), reader.effects);

    expect(reader.ask()).toMatchObject([{ have: { c2: 0 } }]);
  });
});

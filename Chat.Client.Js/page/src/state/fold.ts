import type { Entry, Person, Reaction } from 'signalrchat';
import { type MessageRow, type Row, rowOf } from './rows';

export type Amendment = Extract<Entry, { kind: 'edited' | 'deleted' | 'reacted' | 'unreacted' }>;

export function isAmendment(entry: Entry): entry is Amendment {
  return entry.kind === 'edited' || entry.kind === 'deleted' || entry.kind === 'reacted' || entry.kind === 'unreacted';
}

/** A page that was read back: its messages are already what became of them, so what is said about them there is passed over. */
export function rowsOfPage(entries: readonly Entry[]): Row[] {
  return entries.flatMap((entry) => rowOf(entry) ?? []);
}

/** Entries as they come live, in order: new rows at the end, changes in their places. Rows that nothing happened to stay the same objects. */
export function fold(rows: readonly Row[], entries: readonly Entry[]): Row[] {
  const next = [...rows];
  for (const entry of entries) {
    if (isAmendment(entry)) amend(next, entry);
    else if (entry.seq > (next.at(-1)?.seq ?? 0)) {
      const row = rowOf(entry);
      if (row) next.push(row);
    }
  }
  return next;
}

/** Changes the row that this is about; passes over what is about no row held. */
export function amend(
  rows: Row[],
  entry: Pick<Amendment, 'kind' | 'target' | 'author'> & { text?: string | undefined; emoji?: string | undefined },
): void {
  const at = indexOf(rows, entry.target);
  const row = rows[at];
  if (row?.kind !== 'message' || row.deleted) return;
  rows[at] = amended(row, entry.kind, entry.author, entry.text, entry.emoji);
}

function amended(row: MessageRow, kind: Amendment['kind'], by: Person, text = '', emoji = ''): MessageRow {
  switch (kind) {
    case 'edited':
      return text ? { ...row, text, edited: true } : row;
    case 'deleted':
      return { ...row, text: '', deleted: true, reactions: [] };
    case 'reacted':
      return { ...row, reactions: withReaction(row.reactions, emoji, by) };
    case 'unreacted':
      return { ...row, reactions: withoutReaction(row.reactions, emoji, by) };
  }
}

function withReaction(reactions: readonly Reaction[], emoji: string, by: Person): Reaction[] {
  const has = reactions.some((each) => each.emoji === emoji);
  if (!has) return [...reactions, { emoji, by: [by] }];
  return reactions.map((each) =>
    each.emoji !== emoji || each.by.some((person) => person.user === by.user) ? each : { emoji, by: [...each.by, by] },
  );
}

function withoutReaction(reactions: readonly Reaction[], emoji: string, by: Person): Reaction[] {
  return reactions
    .map((each) => (each.emoji === emoji ? { emoji, by: each.by.filter((person) => person.user !== by.user) } : each))
    .filter((each) => each.by.length > 0);
}

/** Where the row of this seq is; -1 where it is not held. Rows are in order of seq. */
export function indexOf(rows: readonly Row[], seq: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = rows[middle]!.seq;
    if (found === seq) return middle;
    if (found < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

import type { MessageRow, Row } from '../state/rows';
import { dayNumber, dayOf } from '../strings/times';

export interface Line {
  row: Row;
  /** Said before the row: the day that begins with it. */
  day: string | null;
  /** Whether the row begins what was not read when the conversation was opened. */
  new: boolean;
  /** Whether the author is named anew. */
  head: boolean;
}

const together = 5 * 60_000;
const made = new WeakMap<Row, Line>();

/** Rows as lines of a page: days, the place where reading left off, and messages of one author that belong together. A line that stays as it is stays the same object. */
export function arrange(rows: readonly Row[], newAfter: number | null, me: string): Line[] {
  let before: Row | undefined;
  let divided = false;
  return rows.map((row) => {
    const day = !before || dayNumber(before.sentAt) !== dayNumber(row.sentAt) ? dayOf(row.sentAt) : null;
    const isNew = !divided && newAfter !== null && row.kind === 'message' && row.seq > newAfter && row.author.user !== me;
    divided ||= isNew;
    const head = day !== null || isNew || row.kind !== 'message' || !goesOn(before, row);
    before = row;
    const held = made.get(row);
    if (held && held.day === day && held.new === isNew && held.head === head) return held;
    const line = { row, day, new: isNew, head };
    made.set(row, line);
    return line;
  });
}

function goesOn(before: Row | undefined, row: MessageRow): boolean {
  return (
    before?.kind === 'message' &&
    before.author.user === row.author.user &&
    row.sentAt - before.sentAt < together &&
    row.replyTo === undefined
  );
}

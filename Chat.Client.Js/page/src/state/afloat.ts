import type { Outgoing, Person } from 'signalrchat';
import { amend } from './fold';
import type { MessageRow, Row } from './rows';

const kinds = { EditMessage: 'edited', DeleteMessage: 'deleted', React: 'reacted', Unreact: 'unreacted' } as const;

/**
 * What has been asked for shows at once: drafts at the end, and edits, deletions and reactions where they belong. It stays afloat until the
 * entries that it became have been told, so that nothing blinks in between.
 */
export function withAfloat(rows: readonly Row[], afloat: readonly Outgoing[], me: Person, atEnd: boolean): readonly Row[] {
  if (afloat.length === 0) return rows;
  const next = [...rows];
  const last = rows.at(-1)?.seq ?? 0;
  for (const [place, outgoing] of afloat.entries()) {
    const { method, request } = outgoing.draft;
    if (method === 'SendMessage') {
      const key = `${me.user}/${request.clientMessageId}`;
      // After a reload it may have been read back already, with the outbox still waiting for the answer.
      if (!atEnd || rows.some((row) => row.key === key)) continue;
      next.push({
        kind: 'message',
        key,
        seq: outgoing.receipt?.seq ?? last + 1e9 + place,
        sentAt: outgoing.receipt?.sentAt ?? outgoing.queuedAt,
        author: me,
        text: request.text,
        mentions: (request.mentions ?? []).map((userName) => ({ user: '', userName, displayName: userName })),
        replyTo: request.replyTo,
        edited: false,
        deleted: false,
        reactions: [],
        fate: outgoing.state === 'stored' ? undefined : outgoing.state,
        clientMessageId: request.clientMessageId,
      } satisfies MessageRow);
    } else if (outgoing.state !== 'failed') {
      const { seq, text, emoji } = request as { seq: number; text?: string; emoji?: string };
      amend(next, { kind: kinds[method], target: seq, author: me, text, emoji });
    }
  }
  return next;
}

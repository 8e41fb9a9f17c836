interface Anchor {
  key: string;
  top: number;
}

/** The first row in sight, and where it is: what the eye rests on and what must not move. */
export function anchorOf(scroller: HTMLElement): Anchor | null {
  const edge = scroller.getBoundingClientRect().top;
  const rows = scroller.querySelectorAll<HTMLElement>('[data-key]');
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.getBoundingClientRect().bottom > edge) high = middle;
    else low = middle + 1;
  }
  const row = rows[low];
  return row ? { key: row.dataset.key!, top: row.getBoundingClientRect().top } : null;
}

/** Scrolls so that the row is again where it was. */
export function restore(scroller: HTMLElement, anchor: Anchor): void {
  const row = scroller.querySelector<HTMLElement>(`[data-key="${CSS.escape(anchor.key)}"]`);
  if (row) scroller.scrollTop += row.getBoundingClientRect().top - anchor.top;
}

/** The seq of the last row whose beginning is in sight; 0 where there is none. */
export function lastSeen(scroller: HTMLElement): number {
  const edge = scroller.getBoundingClientRect().bottom - 8;
  const rows = scroller.querySelectorAll<HTMLElement>('[data-seq]');
  let low = 0;
  let high = rows.length - 1;
  let seq = 0;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.getBoundingClientRect().top < edge) {
      seq = Number(rows[middle]!.dataset.seq);
      low = middle + 1;
    } else high = middle - 1;
  }
  return seq;
}

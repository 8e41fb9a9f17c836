const gap = 6;

/** Puts something in the top layer next to what opened it: below where there is room, else above, and never over the edge. */
export function beside(layer: HTMLElement, opener: HTMLElement): void {
  const anchor = (opener.firstElementChild ?? opener).getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = layer;
  const rtl = getComputedStyle(opener).direction === 'rtl';
  const left = rtl ? anchor.left : anchor.right - width;
  const below = anchor.bottom + gap;
  const top = below + height > innerHeight - gap ? anchor.top - gap - height : below;
  layer.style.left = `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`;
  layer.style.top = `${Math.max(gap, top)}px`;
}

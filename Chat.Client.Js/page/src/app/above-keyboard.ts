/** Where the keyboard of a touch screen lies over the page instead of making it smaller, as on iOS, the page ends above the keyboard. */
export function aboveKeyboard(): void {
  const seen = visualViewport!;
  const { style } = document.documentElement;
  const fit = () => {
    // Who zooms in sees less as well.
    const covered = seen.scale < 1.01 && seen.height < document.documentElement.clientHeight;
    style.setProperty('--seen-block-size', covered ? `${seen.height}px` : '');
    style.setProperty('--seen-from', covered ? `${seen.offsetTop}px` : '');
  };
  seen.addEventListener('resize', fit);
  seen.addEventListener('scroll', fit);
}

import { keep } from '../state/kept';

export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'chat.theme';

/** The theme as chosen on this device. `theme.js` puts it in force before the first paint, so that no other one flashes up; from then on this does. */
class Theme {
  choice = $state<ThemeChoice>((document.documentElement.dataset.theme as ThemeChoice) ?? 'system');

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    document.documentElement.dataset.theme = choice;
    keep(key, choice === 'system' ? null : choice);
  }
}

export const theme = new Theme();

import { keep } from '../state/kept';

export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'chat.theme';

/** The theme as chosen on this device. `theme.js` puts it in force before the first paint; from then on this does. */
class Theme {
  choice = $state<ThemeChoice>((document.documentElement.dataset.theme as ThemeChoice) ?? 'system');

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    const root = document.documentElement;
    if (choice === 'system') delete root.dataset.theme;
    else root.dataset.theme = choice;
    keep(key, choice === 'system' ? null : choice);
  }
}

export const theme = new Theme();

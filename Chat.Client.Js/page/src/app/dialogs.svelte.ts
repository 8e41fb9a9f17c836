import type { Conversation, EditProfile } from 'signalrchat';

/** What is asked before it is done, because it cannot be taken back. */
export interface Question {
  title: string;
  text: string;
  quote?: string;
  deed: string;
  act: () => void;
}

/** What may lie over the page, and what it is about. One at a time. */
export type Open =
  | { kind: 'new' | 'switcher' | 'settings' | 'shortcuts' }
  | { kind: 'profile'; userName: string }
  /** With what was tried before and refused. */
  | { kind: 'editProfile'; tried?: EditProfile; no?: unknown }
  | { kind: 'invite' | 'rename'; row: Conversation }
  | ({ kind: 'confirm' } & Question);

class Dialogs {
  open = $state.raw<Open | null>(null);

  show(what: Open): void {
    this.open = what;
  }

  close = (): void => {
    this.open = null;
  };
}

export const dialogs = new Dialogs();

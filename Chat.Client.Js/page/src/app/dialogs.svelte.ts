import type { Conversation, EditProfile } from 'signalrchat';
import type { MessageRow } from '../state/rows';

/** What may lie over the page, and what it is about. One at a time. */
export type Open =
  | { kind: 'new' | 'switcher' | 'settings' | 'shortcuts' }
  | { kind: 'profile'; userName: string }
  /** With what was tried before and refused. */
  | { kind: 'editProfile'; tried?: EditProfile; no?: unknown }
  | { kind: 'invite' | 'leave' | 'rename'; row: Conversation }
  | { kind: 'delete'; conversation: string; message: MessageRow };

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

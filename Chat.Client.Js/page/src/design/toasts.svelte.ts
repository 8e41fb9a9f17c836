interface Toast {
  id: number;
  kind: 'word' | 'problem' | 'announcement';
  text: string;
  act?: { text: string; run: () => void };
}

const staysFor = 6_000;

/** Short words at the foot of the page. At most three at once, and never the same one twice. Announcements stay until they are put away. */
class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;

  show(text: string, kind: Toast['kind'] = 'word', act?: Toast['act']): void {
    const toast: Toast = { id: this.#next++, kind, text, ...(act && { act }) };
    this.shown = [...this.shown.filter((other) => other.text !== text), toast].slice(-3);
    if (kind !== 'announcement') setTimeout(() => this.drop(toast.id), staysFor);
  }

  problem(text: string): void {
    this.show(text, 'problem');
  }

  drop(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();

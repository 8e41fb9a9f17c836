interface Place {
  conversation?: string | undefined;
  /** The message to go to. */
  seq?: number | undefined;
}

/** Where the page is: `/c/CONVERSATION/SEQ`, so that everything has an address that can be kept, sent and gone back to. */
class Router {
  place = $state.raw<Place>(read());

  constructor() {
    addEventListener('popstate', () => {
      this.place = read();
    });
  }

  go(conversation?: string, seq?: number, instead = false): void {
    const path = pathOf(conversation, seq);
    if (path !== location.pathname) history[instead ? 'replaceState' : 'pushState'](null, '', path);
    this.place = { conversation, seq };
  }
}

export function pathOf(conversation?: string, seq?: number): string {
  if (conversation === undefined) return '/';
  return `/c/${encodeURIComponent(conversation)}${seq === undefined ? '' : `/${seq}`}`;
}

function read(): Place {
  const [, kind, conversation, seq] = location.pathname.split('/');
  if (kind !== 'c' || !conversation) return {};
  return { conversation: decoded(conversation), seq: Number(seq) || undefined };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const router = new Router();

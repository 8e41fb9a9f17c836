import { type Conversation, Limits, type OpenConference, type Profile } from 'signalrchat';
import { chat } from '../state/chat.svelte';
import { otherOf, titleOf } from '../state/names';

export type Found = { key: string } & ({ row: Conversation } | { profile: Profile } | { open: OpenConference });

const shown = 12;

/** Finds where one may want to go: one's own conversations at once, hidden ones by their name; people and open conferences when the typing pauses. */
export class Finder {
  text = $state('');
  #remote = $state.raw<Found[]>([]);

  readonly found = $derived.by<Found[]>(() => {
    const wanted = this.text.trim().toLowerCase();
    const known = wanted ? chat.conversations.all.filter((row) => row.role !== undefined) : chat.conversations.listed;
    const rows = known.filter(
      (row) => matches(titleOf(row).toLowerCase(), wanted) || matches(otherOf(row)?.userName ?? row.name ?? '', wanted),
    );
    const met = new Set(rows.map((row) => otherOf(row)?.user));
    const here: Found[] = rows.map((row) => ({ key: row.conversation, row }));
    return [...here.slice(0, shown), ...this.#remote.filter((found) => !('profile' in found) || !met.has(found.profile.user))];
  });

  constructor() {
    $effect(() => {
      const wanted = this.text.trim().replace(/^[@#]/, '');
      const old = new AbortController();
      const timer = setTimeout(() => void this.#ask(wanted, old.signal), 200);
      return () => {
        clearTimeout(timer);
        old.abort();
      };
    });
  }

  async #ask(text: string, signal: AbortSignal): Promise<void> {
    const [people, open] = await Promise.allSettled([
      [...text].length < Limits.searchMinLength ? { items: [] } : chat.client.call('SearchUsers', { text }, { signal }),
      chat.client.call('ListOpenConferences', { text: text || undefined, limit: shown }, { signal }),
    ]);
    if (signal.aborted) return;
    this.#remote = [
      ...(people.status === 'fulfilled' ? people.value.items.filter((profile) => profile.user !== chat.me.user) : []).map((profile) => ({
        key: profile.user,
        profile,
      })),
      ...(open.status === 'fulfilled' ? open.value.items.filter((each) => !each.joined) : []).map((each) => ({
        key: each.conversation,
        open: each,
      })),
    ];
  }
}

/** Whether the letters come one after the other, not necessarily side by side. */
function matches(name: string, wanted: string): boolean {
  let at = 0;
  for (const letter of wanted.replace(/^[@#]/, '')) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

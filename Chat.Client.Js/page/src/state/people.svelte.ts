import type { ChatClient, Person, Presence, Profile } from 'signalrchat';
import { SvelteMap } from 'svelte/reactivity';

const askedAtOnce = 3;

/** What is known of the people one sees: entries name them, profiles tell the rest. */
export class People {
  readonly profiles = new SvelteMap<string, Profile>();
  readonly presences = new SvelteMap<string, Presence>();
  /** Those whom the user blocks. */
  readonly blocked = new SvelteMap<string, Person>();
  #wanted = new Map<string, string>();
  #asked = new Set<string>();
  #asking = 0;

  constructor(readonly client: ChatClient) {}

  nameOf(person: Person): string {
    return this.profiles.get(person.user)?.displayName ?? person.displayName;
  }

  /** Asks for the profile where nobody did yet, a few at a time. */
  avatarOf(person: Person): string | undefined {
    if (!this.#asked.has(person.user) && person.user) {
      this.#asked.add(person.user);
      this.#wanted.set(person.user, person.userName);
      queueMicrotask(() => this.#ask());
    }
    return this.profiles.get(person.user)?.avatar;
  }

  see(profile: Profile): void {
    this.#asked.add(profile.user);
    this.profiles.set(profile.user, profile);
    this.presences.set(profile.user, profile.presence);
  }

  async readBlocked(): Promise<void> {
    const people = await this.client.blockedUsers();
    this.blocked.clear();
    for (const person of people) this.blocked.set(person.user, person);
  }

  async profile(userName: string): Promise<Profile> {
    const profile = await this.client.profile(userName);
    this.see(profile);
    return profile;
  }

  async #ask(): Promise<void> {
    if (this.#asking >= askedAtOnce) return;
    this.#asking++;
    for (const [user, userName] of this.#wanted) {
      this.#wanted.delete(user);
      try {
        await this.profile(userName);
      } catch {
        // Shown by name only: a user who blocks one has no profile to show.
      }
    }
    this.#asking--;
  }
}

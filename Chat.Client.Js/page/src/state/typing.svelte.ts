import type { Person, TypingNotice } from 'signalrchat';

const shownFor = 5_000;

/** Who is typing where. Nobody says that they stopped: it wears off, or the message comes. */
export class TypingPeople {
  #notices = $state.raw<readonly TypingNotice[]>([]);
  #timers = new Map<string, ReturnType<typeof setTimeout>>();

  in(conversation: string): Person[] {
    return this.#notices.filter((notice) => notice.conversation === conversation).map((notice) => notice.person);
  }

  see(notice: TypingNotice): void {
    this.stop(notice.conversation, notice.person.user);
    this.#notices = [...this.#notices, notice];
    this.#timers.set(
      key(notice.conversation, notice.person.user),
      setTimeout(() => this.stop(notice.conversation, notice.person.user), shownFor),
    );
  }

  stop(conversation: string, user: string): void {
    const timer = this.#timers.get(key(conversation, user));
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#timers.delete(key(conversation, user));
    this.#notices = this.#notices.filter((each) => each.conversation !== conversation || each.person.user !== user);
  }
}

const key = (conversation: string, user: string) => `${conversation} ${user}`;

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { IndexedDbOutbox } from '../../src/outbox/indexed-db.js';
import type { KeptDraft } from '../../src/outbox/outbox.js';
import { idOf } from '../../src/rules/draft.js';
import type { Locks } from '../../src/surroundings.js';
import { FakeClient } from '../support/fake-client.js';
import { settled } from '../support/fake-clock.js';
import { FakeHub } from '../support/fake-hub.js';
import { someDraft } from '../support/some.js';

/** The locks of one browser, shared by its tabs: Node has none. */
class BrowserLocks implements Locks {
  readonly #held = new Map<string, Promise<unknown>>();

  async request(name: string, _options: object, held: () => Promise<unknown>): Promise<unknown> {
    while (this.#held.has(name)) await this.#held.get(name);
    const until = held();
    this.#held.set(name, until);
    await until;
    this.#held.delete(name);
    return undefined;
  }

  async query() {
    return { held: [...this.#held.keys()].map((name) => ({ name })) };
  }
}

const kept = (text: string, queuedAt = 0): KeptDraft => ({ draft: someDraft(text), queuedAt });
const textsOf = (drafts: readonly KeptDraft[]) => drafts.map(({ draft }) => idOf(draft).replace('id of ', ''));

let browser: { indexedDB: object; locks: BrowserLocks | undefined };
let adopted: string[];

const open = (user = 'u1', server = 'http://one') =>
  new IndexedDbOutbox(browser).open(server, user, (drafts) => {
    adopted.push(...textsOf(drafts));
  });

/** IndexedDB takes its time, though never much. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await settled();
}

beforeEach(() => {
  browser = { indexedDB: new IDBFactory(), locks: new BrowserLocks() };
  adopted = [];
});

describe('Drafts in the browser', () => {
  it('are there again when the page is, in the order queued, without those that were dropped', async () => {
    const page = await open();
    for (const [place, text] of ['one', 'two', 'three', 'four'].entries()) await page.keep(kept(text, place < 2 ? 7 : 8));
    await page.drop('id of two');
    page.close();

    expect(textsOf((await open()).drafts)).toEqual(['one', 'three', 'four']);
  });

  it('say what failed', async () => {
    const page = await open();
    await page.keep(kept('one'));
    await page.keep({ ...kept('one'), failed: { code: 107, name: 'forbidden', text: 'No.', retryable: false } });
    page.close();

    expect((await open()).drafts).toMatchObject([{ failed: { name: 'forbidden' } }]);
  });

  it('are one user’s of one server', async () => {
    const page = await open('u1', 'http://one');
    await page.keep(kept('one'));
    page.close();

    expect((await open('u2', 'http://one')).drafts).toEqual([]);
    expect((await open('u1', 'http://other')).drafts).toEqual([]);
  });

  it('are looked after by one tab: another takes them when that one is gone', async () => {
    const [first, second] = [await open(), await open()];
    await first.keep(kept('one'));
    const third = await open();
    expect([second.drafts, third.drafts]).toEqual([[], []]);

    first.close();
    await until(() => adopted.length > 0);
    expect(adopted).toEqual(['one']);
  });

  it('of a tab that came later and went are found at the next look', async () => {
    const first = await open();
    const second = await open();
    await second.keep(kept('one'));
    second.close();
    await settled();
    first.adoptLeft();

    await until(() => adopted.length > 0);
    expect(adopted).toEqual(['one']);
  });

  it('are everybody’s where tabs cannot know of each other: they are stored once all the same', async () => {
    browser.locks = undefined;
    const first = await open();
    await first.keep(kept('one'));

    expect(textsOf((await open()).drafts)).toEqual(['one']);
  });

  it('that were being sent when the page was reloaded are sent again, with the same id, and stored once', async () => {
    const hub = new FakeHub();
    const page = await FakeClient.loggedIn(hub, { outbox: new IndexedDbOutbox(browser) });
    hub.line.tell = () => {};
    const answer = hub.answer.bind(hub);
    hub.answer = (asked) => (asked.method === 'SendMessage' ? void answer(asked) : answer(asked));
    page.chat.lobby!.send('one');
    page.chat.lobby!.send('two');
    await until(() => hub.texts('lobby').length === 1);
    page.chat.dispose();
    hub.answer = answer;

    const reloaded = await FakeClient.loggedIn(hub, { outbox: new IndexedDbOutbox(browser) });
    await until(() => hub.texts('lobby').length === 2 && reloaded.chat.outgoing.length === 0);
    expect(hub.texts('lobby')).toEqual(['one', 'two']);
    expect((await open('u1', 'http://chat.test')).drafts).toEqual([]);
  });

  it('of two tabs are both settled where both send them', async () => {
    browser.locks = undefined;
    const hub = new FakeHub();
    hub.instead.set('SendMessage', () => 'nothing');
    const first = await FakeClient.loggedIn(hub, { outbox: new IndexedDbOutbox(browser) });
    const sent = first.chat.lobby!.send('one');
    await until(() => hub.askedFor('SendMessage').length === 1);
    const second = await FakeClient.loggedIn(hub, { outbox: new IndexedDbOutbox(browser) });
    hub.instead.clear();
    await until(() => second.chat.outgoing.length === 1);
    await until(() => {
      for (const line of hub.lines) line.ping();
      void first.clock.advance(1_000);
      void second.clock.advance(1_000);
      return sent.state === 'stored' && second.chat.outgoing.length === 0;
    });

    expect(hub.texts('lobby')).toEqual(['one']);
  });

  it('are not to be had where the browser refuses', async () => {
    const refusing = {
      open: () => {
        throw new Error('It is private here.');
      },
    };

    await expect(new IndexedDbOutbox({ indexedDB: refusing }).open('s', 'u', () => {})).rejects.toThrow('It is private here.');
    await expect(new IndexedDbOutbox({}).open('s', 'u', () => {})).rejects.toThrow('There is no IndexedDB here.');
  });
});

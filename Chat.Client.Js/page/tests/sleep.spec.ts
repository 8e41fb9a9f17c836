import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { Person } from './support/person';
import { expect, type Seeded, test } from './support/seeded';
import { freePort } from './support/server';

const seconds = Number(process.env.CHAT_SLEEP_SECONDS ?? 20);
const said = Array.from({ length: 40 }, (_, at) => `said ${at + 1}.`);

type Deed = (tab: Page, devtools: CDPSession) => Promise<unknown>;

/** How a tab falls asleep, and how it wakes. */
const ways: Record<string, { sleep: Deed; wake: Deed }> = {
  // As a browser does it to a tab that nobody looks at: it is told, and its connections are closed.
  'was frozen': {
    async sleep(tab, devtools) {
      await (await tab.context().newPage()).bringToFront();
      await expect.poll(() => tab.evaluate(() => document.visibilityState)).toBe('hidden');
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    },
    async wake(tab, devtools) {
      await devtools.send('Page.setWebLifecycleState', { state: 'active' });
      await tab.bringToFront();
    },
  },
  // As it is when the machine sleeps: without a word, with a connection that seems to be there.
  'stood still': {
    async sleep(_, devtools) {
      await devtools.send('Debugger.enable');
      const still = new Promise((resolve) => devtools.once('Debugger.paused', resolve));
      await devtools.send('Debugger.pause');
      await still;
    },
    wake: (_, devtools) => devtools.send('Debugger.resume'),
  },
};

/** What the page itself sees of its sleep, by its own clock. */
interface Seen {
  longest: number;
  wokeAt: number;
  caughtUpAt: number;
}

test.setTimeout(180_000 + seconds * 1_000);
test.use({ settings: ['--Presence:Grace=0'] });

let browser: Browser;
test.afterEach(() => browser.close());

for (const [way, { sleep, wake }] of Object.entries(ways))
  test(`a tab that ${way} for ${seconds} s, and was given up by the server, shows each message once and has caught up two seconds after it woke`, async ({
    ownServer,
    user,
    launchOptions,
  }) => {
    const ann = await user('ann', ownServer);
    const bob = await user('bob', ownServer);
    const chat = await bob.chat.startPrivateChat(ann.name);
    await chat.send('before').done;
    browser = await realBrowser(launchOptions);
    const tab = await open(browser, ann, `/c/${chat.id}`);
    tab.tolerate(/Page entered Back-Forward Cache/);
    await expect(tab.message('before')).toBeVisible();
    await watch(tab.page, said.at(-1)!);
    ann.chat.dispose(); // from here on, that tab is all there is of Ann
    const givenUp = new Promise<void>((resolve) =>
      bob.chat.on('presence', ({ person, presence }) => person.userName === ann.name && presence === 'offline' && resolve()),
    );

    const devtools = await tab.page.context().newCDPSession(tab.page);
    await sleep(tab.page, devtools);
    for (const text of said) {
      await chat.send(text).done;
      await new Promise((resolve) => setTimeout(resolve, (seconds * 1_000 + 500) / said.length)); // with time to fall asleep
    }
    await givenUp;
    await wake(tab.page, devtools);

    await expect(tab.message(said.at(-1)!)).toBeInViewport();
    const { longest, wokeAt, caughtUpAt } = await tab.page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
    const took = caughtUpAt - wokeAt;
    test.info().annotations.push({ type: 'sleep', description: `slept ${Math.round(longest)} ms, caught up after ${Math.round(took)} ms` });
    expect(longest, 'the tab was awake meanwhile').toBeGreaterThan(seconds * 1_000);
    expect(took).toBeGreaterThan(0);
    expect(took).toBeLessThan(process.env.CHAT_SLEEP_SECONDS ? 2_000 : 5_000); // beside other tests the machine needs longer
    await expect(tab.log.getByRole('article')).toHaveText(['before', ...said].map((text) => new RegExp(`\\b${text}`)));
    await tab.send('good morning');
    await expect(tab.message('good morning').locator('[data-tick=sent]')).toBeVisible();
    expect(tab.faults).toEqual([]);
  });

/** A browser as somebody has it: Playwright's own pages always believe that they are looked at, and such a page is never frozen. */
async function realBrowser(options: Parameters<typeof chromium.launch>[0] = {}): Promise<Browser> {
  const port = await freePort();
  const launched = await chromium.launch({ ...options, args: [...(options.args ?? []), `--remote-debugging-port=${port}`] });
  const real = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  real.on('disconnected', () => void launched.close());
  return real;
}

async function open(browser: Browser, user: Seeded, path: string): Promise<Person> {
  const context = browser.contexts()[0]!;
  const { cookies } = await user.context.storageState();
  await context.addCookies(cookies);
  const person = new Person(await context.newPage(), user.server.url);
  await person.page.goto(user.server.url + path);
  return person;
}

/** Looks at the clock all the time: the longest it could not was the sleep, which ended when the page was told so, or could look again. */
const watch = (page: Page, last: string) =>
  page.evaluate((text) => {
    const seen: Seen = { longest: 0, wokeAt: 0, caughtUpAt: 0 };
    Object.assign(globalThis, { seen });
    let looked = performance.now();
    const look = () => {
      const now = performance.now();
      if (now - looked > seen.longest) Object.assign(seen, { longest: now - looked, wokeAt: now });
      looked = now;
    };
    setInterval(look, 10);
    document.addEventListener('resume', look);
    new MutationObserver(() => {
      if (document.querySelector('[role=log]')?.textContent.includes(text)) seen.caughtUpAt ||= performance.now();
    }).observe(document.body, { childList: true, subtree: true });
  }, last);

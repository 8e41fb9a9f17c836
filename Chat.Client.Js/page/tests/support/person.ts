import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

export const password = 'correct horse battery';

/** Somebody in front of the page: what they do, what they see, and what went wrong behind it. */
export class Person {
  readonly faults: string[] = [];
  name = '';
  #tolerated: RegExp | undefined;

  constructor(
    readonly page: Page,
    url: string,
  ) {
    this.watch(page, url);
  }

  /** What the browser itself says of a server that is not there is no fault of the page. */
  tolerate(words: RegExp): void {
    this.#tolerated = words;
  }

  watch(page: Page, url: string): void {
    const { host } = new URL(url);
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      if (!this.#tolerated?.test(message.text())) this.faults.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.faults.push(`page error: ${error.stack}`));
    page.on('request', (request) => this.#stays(request.url(), host));
    page.on('websocket', (socket) => this.#stays(socket.url(), host));
  }

  async register(name: string): Promise<void> {
    this.name = name;
    await this.page.goto('/');
    await this.page.getByRole('button', { name: 'Create your user' }).click();
    await this.page.getByLabel('User name').fill(name);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.locator('button[type=submit]').click();
    await expect(this.composer).toBeVisible();
  }

  async logIn(name: string): Promise<void> {
    this.name = name;
    await this.page.getByLabel('User name').fill(name);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.locator('button[type=submit]').click();
  }

  /** As if another tab were in front, which a browser without a screen does not do by itself. */
  async hide(hidden: boolean): Promise<void> {
    await this.page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  }

  /** What is said from now on to who cannot see the page. */
  async listen(): Promise<() => Promise<string[]>> {
    await this.page.evaluate(() => {
      const announced: string[] = [];
      const announcer = document.querySelector('[data-announcer]')!;
      const hear = () => announcer.textContent && announced.push(announcer.textContent);
      new MutationObserver(hear).observe(announcer, { childList: true, characterData: true, subtree: true });
      Object.assign(globalThis, { announced });
    });
    return () => this.page.evaluate(() => (globalThis as unknown as { announced: string[] }).announced);
  }

  async logOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'You and this page' }).click();
    await this.page.getByRole('menuitem', { name: 'Log out' }).click();
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Message / });
  }

  get log(): Locator {
    return this.page.getByRole('log');
  }

  /** The messages in sight that have this text. */
  message(text: string): Locator {
    return this.log.getByRole('article').filter({ hasText: text });
  }

  /** By its title alone: what is said elsewhere stands in the list as well. */
  conversation(title: string): Locator {
    const titled = this.page.locator('.title', { hasText: title });
    return this.page.getByRole('navigation').getByRole('link').filter({ has: titled });
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Opens the dialog, picks these people, and starts what comes of it. */
  async start(...names: string[]): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    await this.pick(...names);
    await this.page.getByRole('button', { name: /^Start / }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  async pick(...names: string[]): Promise<void> {
    for (const name of names) {
      await this.page.getByLabel('Find a person by name').fill(name);
      await this.page
        .getByRole('dialog')
        .getByRole('button', { name: `@${name}` })
        .click();
    }
  }

  /** Does something with a message by its toolbar. */
  async act(text: string, deed: string): Promise<void> {
    await this.message(text).hover();
    await this.message(text).getByRole('toolbar').getByRole('button', { name: deed }).click();
  }

  #stays(url: string, host: string): void {
    const to = new URL(url);
    if (to.protocol !== 'data:' && to.protocol !== 'blob:' && to.host !== host) this.faults.push(`asked elsewhere: ${url}`);
  }
}

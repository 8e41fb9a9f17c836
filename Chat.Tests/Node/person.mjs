// One user at one connection, by the stock client alone and the way it comes: JSON unless asked otherwise, default timeouts, no reconnecting.
import { randomBytes } from 'node:crypto';
import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

const EVENTS = [
  'EntriesAppended', 'InboxAppended', 'TypingChanged', 'PresenceChanged', 'ProfileChanged', 'ReadMarkMoved', 'Announced', 'SessionEnded', 'ServerClosing',
];

/** Of a message or an operation: its sender's own. */
export const id = () => randomBytes(16).toString('hex');

export class Refused extends Error {
  constructor(method, refusal) {
    super(`${method} was refused: ${refusal.code} ${refusal.name}: ${refusal.text}`);
    this.refusal = refusal;
  }
}

export class Person {
  #connection;
  #seen = [];
  #looking = new Set();

  /** Settles when the connection ends, whoever ends it. */
  closed;
  isClosed = false;

  static async connect(server, protocol) {
    const person = new Person();
    const builder = new HubConnectionBuilder()
      .withUrl(new URL('/chat', server).href, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .configureLogging(LogLevel.None);
    if (protocol) builder.withHubProtocol(protocol);
    const connection = (person.#connection = builder.build());
    person.closed = new Promise((resolve) => connection.onclose((error) => {
      person.isClosed = true;
      resolve(error);
    }));
    for (const event of EVENTS) connection.on(event, (argument) => person.#hear({ event, argument }));
    await connection.start();
    return person;
  }

  /** The value of a call that must not be refused. */
  async ask(method, request = {}) {
    const { value, refusal } = await this.#connection.invoke(method, request);
    if (refusal) throw new Refused(method, refusal);
    return value;
  }

  /** The refusal of a call that must be. */
  async refused(method, request) {
    const { value, refusal } = await this.#connection.invoke(method, request);
    if (!refusal) throw new Error(`${method} was expected to be refused, and answered ${JSON.stringify(value)}`);
    return refusal;
  }

  say(conversation, text) {
    return this.ask('SendMessage', { conversation, clientMessageId: id(), text });
  }

  read(conversation, more) {
    return this.ask('ReadTranscript', { conversation, limit: 200, ...more });
  }

  /** What `pick` finds in an event that came or comes within the limit; whatever it finds that is not false will do. */
  sees(event, expectation, pick, seconds = 10) {
    for (const one of this.#seen) {
      const found = one.event === event && pick(one.argument);
      if (found) return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => {
      const look = { event, pick, found: (value) => { clearTimeout(limit); this.#looking.delete(look); resolve(value); } };
      const limit = setTimeout(() => {
        this.#looking.delete(look);
        reject(new Error(`expected within ${seconds} s: ${expectation}; ${this.#seen.length} events came, the last ${JSON.stringify(this.#seen.at(-1))}`));
      }, seconds * 1000);
      this.#looking.add(look);
    });
  }

  hears(conversation, text) {
    return this.seesEntry(conversation, `the message "${text}"`, (entry) => entry.kind === 'message' && entry.text === text);
  }

  /** An entry of a conversation, live. */
  seesEntry(conversation, expectation, matches, seconds) {
    return this.sees('EntriesAppended', expectation, (batch) => batch.conversation === conversation && batch.entries.find(matches), seconds);
  }

  /** An entry of the user's own inbox, live. */
  seesInbox(expectation, matches) {
    return this.sees('InboxAppended', expectation, (batch) => batch.entries.find(matches));
  }

  /** From here on only later ones of these are seen. */
  forget(event) {
    this.#seen = this.#seen.filter((one) => one.event !== event);
  }

  /** Every entry of a conversation that was told so far. */
  entriesOf(conversation) {
    return this.#seen.flatMap(({ event, argument }) => (event === 'EntriesAppended' && argument.conversation === conversation ? argument.entries : []));
  }

  stop() {
    return this.#connection.stop();
  }

  #hear(one) {
    this.#seen.push(one);
    for (const look of this.#looking) {
      const found = look.event === one.event && look.pick(one.argument);
      if (found) look.found(found);
    }
  }
}

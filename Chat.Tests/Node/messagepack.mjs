// Does the same with the stock client under JSON and under MessagePack, and compares all that came back.
// node messagepack.mjs <address of the mirror hub>
import assert from "node:assert/strict";
import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel, Subject } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const address = process.argv[2];

const note = {
  conversation: "0193f5c2", seq: 17, author: { id: "u1", userName: "alice", displayName: "Алиса 😀" }, kind: "message",
  text: "\"Half past nine\"\n\u0000 \\ Встречаемся?", sentAt: 1795212345678, replyTo: null, tags: ["plans", "ops"],
};

const anything = [
  null, true, false, 0, 1, -1, 127, 128, -32, -33, 255, 256, 65535, 65536, 4294967295, 4294967296, -2147483649,
  Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER,
  1.5, -0.1, 1e300, 5e-324, 2 ** 63, 2 ** 64, "", "x", "é".repeat(40), "x".repeat(300), "x".repeat(70_000), "\u0001\u2028😀",
  [], {}, [[[]]], Array.from({ length: 20 }, (_, i) => i), Array.from({ length: 70_000 }, (_, i) => i),
  Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key ${i}`, i])), { "a b": { c: [1, { d: null }] }, "": 1, "__proto__x": 2 }, note,
];

async function journey(protocol) {
  const seen = [];
  const connection = new HubConnectionBuilder()
    .withUrl(address, { transport: HttpTransportType.WebSockets })
    .withHubProtocol(protocol)
    .configureLogging(LogLevel.None)
    .build();
  const told = new Promise((resolve) => connection.on("Told", (...all) => resolve(all)));
  connection.on("Ask", (asked) => ({ ...asked, text: `${asked.text}!` }));
  await connection.start();

  for (const value of anything) seen.push(await connection.invoke("Mirror", value));
  assert.deepEqual(seen, anything, `${protocol.name} mirrors everything`);

  seen.push(await connection.invoke("MirrorNote", note));
  assert.deepEqual(seen.at(-1), note);
  seen.push(await connection.invoke("MirrorBoth", 1, { a: 2 }));
  assert.deepEqual(seen.at(-1), [1, { a: 2 }]);
  seen.push(await connection.invoke("Null"));
  assert.equal(seen.at(-1), null);
  assert.equal(await connection.invoke("Nothing") ?? null, null);

  for (const call of [["Refuse"], ["Break"], ["NoSuchMethod"], ["MirrorNote", 5], ["MirrorNote", { ...note, seq: "x" }], ["MirrorNote"], ["Mirror", 1, 2]]) {
    seen.push(await connection.invoke(...call).then(() => assert.fail(`${call[0]} is an error`), (error) => error.message));
  }
  assert.match(seen.at(-7), /No\.$/);

  const numbers = new Subject();
  const sum = connection.invoke("Sum", numbers, 50);
  for (let i = 1; i <= 100; i++) numbers.next(i);
  numbers.complete();
  seen.push(await sum);
  assert.equal(seen.at(-1), 5100);

  seen.push(await all(connection.stream("Count", 100)), await all(connection.stream("CountAndBreak", 3)));
  assert.equal(seen.at(-2).items.length, 100);
  assert.deepEqual(seen.at(-1).items, [1, 2, 3]);

  await cancelled(connection.stream("Count", 1_000_000_000));

  await connection.send("Tell", note);
  seen.push(await told);
  assert.deepEqual(seen.at(-1), [note, note.tags, null]);

  seen.push(await connection.invoke("AskBack", note));
  assert.equal(seen.at(-1).text, `${note.text}!`);

  await connection.stop();
  return seen;
}

function all(stream) {
  return new Promise((resolve) => {
    const items = [];
    stream.subscribe({
      next: (item) => items.push(item),
      complete: () => resolve({ items }),
      error: (error) => resolve({ items, error: error.message }),
    });
  });
}

function cancelled(stream) {
  return new Promise((resolve, reject) => {
    const subscription = stream.subscribe({
      next: () => { subscription.dispose(); resolve(); },
      complete: () => {},
      error: reject,
    });
  });
}

const json = await journey(new JsonHubProtocol());
const messagePack = await journey(new MessagePackHubProtocol());
assert.deepEqual(messagePack, json);
console.log("The same under both protocols.");
process.exit(0);

import type { Answer, Dial, HubEvents, HubMethods, Line, Listener } from 'signalrchat';

const end = '\x1e';
const pingEvery = 5_000;

/** The kinds of messages of the protocol that a client of this server meets. */
const kinds = { invocation: 1, completion: 3, ping: 6, close: 7 };

interface Message {
  /** There is none in the answer to the handshake. */
  type?: number;
  target?: keyof HubEvents;
  arguments?: never[];
  invocationId?: string;
  result?: never;
  error?: string;
}

interface Asked {
  answer: (value: never) => void;
  fail: (fault: Error) => void;
}

/** Connections in the JSON protocol of SignalR, over one WebSocket each; in the page it stands where the SDK has SignalR's own client. */
export function hubAt(url: string): Dial {
  return (listener) => new Wire(url.replace('http', 'ws'), listener);
}

class Wire implements Line {
  #socket: WebSocket | undefined;
  #asked = new Map<string, Asked>();
  #count = 0;
  #pings: ReturnType<typeof setInterval> | undefined;

  constructor(
    readonly url: string,
    readonly listener: Listener,
  ) {}

  open(): Promise<void> {
    return new Promise((opened, failed) => {
      let fault: Error | undefined;
      let isOpen = false;
      const socket = new WebSocket(this.url);
      this.#socket = socket;
      socket.onopen = () => this.#write({ protocol: 'json', version: 1 });
      socket.onmessage = ({ data }: MessageEvent<string>) => {
        this.listener.heard();
        for (const text of data.split(end).filter(Boolean)) {
          const message: Message = JSON.parse(text);
          if (message.type === kinds.close || (!isOpen && message.error)) {
            fault = new Error(message.error);
            socket.close();
          } else if (isOpen) this.#read(message);
          else {
            isOpen = true;
            this.#pings = setInterval(() => this.#write({ type: kinds.ping }), pingEvery);
            opened();
          }
        }
      };
      socket.onclose = ({ code }) => {
        clearInterval(this.#pings);
        fault ??= new Error(`The WebSocket ended with ${code}.`);
        if (isOpen) this.listener.lost(fault);
        else failed(fault);
      };
    });
  }

  /** Whoever asked is told of the connection's end by what this is a line of. */
  ask<M extends keyof HubMethods>(method: M, request: HubMethods[M]['request']): Promise<Answer<HubMethods[M]['value']>> {
    return new Promise((answer, fail) => {
      const invocationId = String(++this.#count);
      this.#asked.set(invocationId, { answer, fail });
      this.#write({ type: kinds.invocation, invocationId, target: method, arguments: [request] });
    });
  }

  drop(): void {
    this.#socket?.close();
  }

  #read({ type, target, arguments: [argument] = [], invocationId = '', result, error }: Message): void {
    if (type === kinds.invocation) this.listener.told(target!, argument!);
    else if (type === kinds.completion) {
      const asked = this.#asked.get(invocationId);
      this.#asked.delete(invocationId);
      if (error) asked?.fail(new Error(error));
      else asked?.answer(result!);
    }
  }

  #write(message: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message) + end);
  }
}

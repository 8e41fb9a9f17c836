import { Limits, type Refusal, RefusalCode } from '../contract.js';
import { globals } from '../surroundings.js';

/** What travels around a request: the method's name, the call's number and the frame. */
const AROUND = 1_024;

/**
 * Why a request is not even asked. A server closes the connection of a call above its limit without a word, and the same call would close the next
 * one, and so on: it is refused here, as the server refuses what it can still read. Measured as JSON, whatever is spoken: MessagePack takes less.
 */
export function tooLarge(request: object): Refusal | undefined {
  const field = bytesOf((request as { text?: string }).text ?? '') > Limits.textLength ? 'text' : undefined;
  if (field === undefined && bytesOf(JSON.stringify(request)) <= Limits.callLength - AROUND) return undefined;
  return { code: RefusalCode.tooLarge, name: 'tooLarge', text: 'That is more than is allowed.', field, retryable: false };
}

const bytesOf = (text: string): number => new globals.TextEncoder().encode(text).length;

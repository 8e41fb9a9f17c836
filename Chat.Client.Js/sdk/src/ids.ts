import type { Clock } from './surroundings.js';
import { globals } from './surroundings.js';

/** 16 bytes as 32 hexadecimal digits: the time, so that the server's index grows at its end, then chance (a UUID of version 7). */
export function newId(clock: Clock): string {
  const bytes = globals.crypto.getRandomValues(new Uint8Array(16));
  let time = clock.time();
  for (let place = 5; place >= 0; place--) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

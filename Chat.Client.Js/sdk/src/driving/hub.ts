import type { HubProtocol } from '../surroundings.js';
import type { Dial } from './dial.js';
export declare function hubAt(url: string, protocol?: HubProtocol, headers?: Record<string, string>): Dial;

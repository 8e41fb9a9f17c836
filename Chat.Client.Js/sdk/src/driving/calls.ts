import type { HubMethods } from '../contract.js';
import type { Signal } from '../surroundings.js';

export declare class Calls {
  ask<M extends keyof HubMethods>(
    method: M,
    request: HubMethods[M]['request'],
    signal?: Signal,
  ): Promise<{ value: HubMethods[M]['value']; connection: number }>;
}

import type { HubMethods } from '../contract.js';

type Of<M extends 'Register' | 'LogIn' | 'Resume'> = { readonly method: M; readonly request: HubMethods[M]['request'] };

/** How a connection is logged in. */
export type Greeting = Of<'Register'> | Of<'LogIn'> | Of<'Resume'>;

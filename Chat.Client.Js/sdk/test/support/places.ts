import { fileURLToPath } from 'node:url';

const above = (steps: string): string => fileURLToPath(new URL(steps, import.meta.url)).replace(/\/$/, '');

/** This package. */
export const PACKAGE = above('../../');

/** The repository. */
export const ROOT = above('../../../../');

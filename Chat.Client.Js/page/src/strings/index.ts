import { en, type Strings } from './en';

/** The words of the page, in the language of the page. */
export const say: Strings = en;

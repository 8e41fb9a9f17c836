/** What a text is made of. There is nothing else: whatever is not one of these is shown as it was written. */
export type Token =
  | { kind: 'text'; text: string }
  | { kind: 'bold'; children: Token[] }
  | { kind: 'italic'; children: Token[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; href: string; text: string }
  | { kind: 'mention'; userName: string; text: string };

export type Block = { kind: 'lines'; tokens: Token[] } | { kind: 'quote'; tokens: Token[] } | { kind: 'fence'; text: string };

import type { ClientMessageId, ConversationId, HubMethods } from '../contract.js';

type Of<M extends keyof HubMethods> = {
  /** The method of the hub that stores it. */
  readonly method: M;
  readonly request: HubMethods[M]['request'];

  /** The history it was made in; undefined where it was made before any was known. */
  readonly epoch?: string | undefined;
};

/**
 * What a user asked to have added to a conversation. It keeps its `clientMessageId` over every try, so that it is stored once.
 * It is plain: a structured clone or JSON of it is as good.
 */
export type Draft = Of<'SendMessage'> | Of<'EditMessage'> | Of<'DeleteMessage'> | Of<'React'> | Of<'Unreact'>;

export const idOf = (draft: Draft): ClientMessageId => draft.request.clientMessageId;

export const conversationOf = (draft: Draft): ConversationId => draft.request.conversation;

/** An amendment names a seq: in another history that would be another message. */
export const namesASeq = (draft: Draft): boolean => draft.method !== 'SendMessage';

using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>How far a client holds one transcript; keep it to go on from there after a restart.</summary>
/// <param name="Conversation">Null for the user's inbox.</param>
/// <param name="Epoch">The history that the seq belongs to.</param>
/// <param name="Have">The highest seq held.</param>
internal sealed record Place(ConversationId? Conversation, string Epoch, long Have);

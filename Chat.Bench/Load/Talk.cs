using Chat.Bench.Servers;

namespace Chat.Bench.Load;

/// <summary>A conversation, those who talk in it, and how many hear each message.</summary>
internal sealed record Talk(string Conversation, IReadOnlyList<Guest> Speakers, int Audience);

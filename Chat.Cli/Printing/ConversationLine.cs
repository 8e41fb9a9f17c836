using System.Globalization;
using Chat.Cli.Names;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Cli.Printing;

/// <summary>A conversation as it is printed.</summary>
internal static class ConversationLine
{
    public static readonly string[] Headings = ["Target", "Title", "Unread", "Latest", ""];

    public static Line Of(Conversation conversation, string me, bool forTerminal) => new(
        () => JsonLine.Of(conversation, ChatJson.Default.Conversation, ("target", ConversationName.Target(conversation, me))),
        ConversationName.Target(conversation, me),
        ConversationName.Title(conversation, me),
        Unread(conversation),
        EntryLine.Time(conversation.LastActivityAt, forTerminal),
        conversation.LastMessage is { } last ? $"{last.Author.UserName}: {last.Text ?? "(deleted)"}" : "");

    /// <summary><c>3</c>, or <c>3 @1</c> where one of them mentions the user.</summary>
    public static string Unread(Conversation conversation) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversation.Unread}{(conversation.Mentions > 0 ? $" @{conversation.Mentions}" : "")}");
}

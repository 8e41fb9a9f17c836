using Chat.Contracts;

namespace Chat.Cli.Names;

/// <summary>What conversations are called on a command line.</summary>
internal static class ConversationName
{
    /// <summary>What can be typed to mean exactly this one: <c>#name</c>, <c>@user</c>, otherwise its id.</summary>
    public static string Target(Conversation conversation, string me) => conversation switch
    {
        { Name: { } name } => $"#{name}",
        { Kind: ConversationKind.PrivateChat } => $"@{Other(conversation, me)}",
        _ => conversation.ConversationId.Value,
    };

    /// <summary>What people call it: its name or title, or who is in it.</summary>
    public static string Title(Conversation conversation, string me) => conversation switch
    {
        { Kind: ConversationKind.PrivateChat } => $"@{Other(conversation, me)}",
        { Title: { } title } => title,
        { Name: { } name } => $"#{name}",
        _ => Members(conversation, me),
    };

    /// <summary>Whom a private chat is with; oneself in a notebook.</summary>
    public static string Other(Conversation conversation, string me) =>
        conversation.Members.Select(member => member.Person.UserName).FirstOrDefault(name => name != me) ?? me;

    private static string Members(Conversation conversation, string me)
    {
        List<string> names = [.. conversation.Members.Select(member => member.Person.UserName).Where(name => name != me)];
        var others = conversation.MemberCount - 1 - names.Count;
        if (others > 0) names.Add($"{others} more");
        return names.Count == 0 ? me : string.Join(", ", names);
    }
}

using Chat.Contracts;

namespace Chat.Server.Conversations;

/// <summary>How many rows a page of conversations or members has.</summary>
internal static class PageSize
{
    private const int Usual = 50;

    public static Refusal? Check(int? asked, out int limit)
    {
        limit = asked ?? Usual;
        return limit is >= 1 and <= Limits.PageOfConversations
            ? null
            : Refusal.Invalid.Of("limit").Because($"A page has 1 to {Limits.PageOfConversations} rows.");
    }
}

using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Options;

namespace Chat.Server.Conversations;

/// <summary>Begins a conference: the conversation, its first entry and everybody's membership, all at once and once an operation.</summary>
internal sealed partial class Founding(
    Roster roster, ConversationReader reader, IOptions<ConversationOptions> options, TimeProvider clock, ILogger<Founding> logger)
{
    private readonly int _mostMembers = options.Value.MembersPerConference;

    public async Task<Answer<ConferenceStarted>> Found(Sql sql, FoundingPlan plan)
    {
        if (plan.Members.Count > _mostMembers) return Refusal.LimitReached.Because($"A conference has at most {_mostMembers} members.");

        var founder = plan.Operation.Caller;
        ConversationRow row = new(
            ConversationRow.NewId(clock), ConversationKind.Conference, plan.OpenName, plan.Title, plan.ContinuedFrom, MemberCount: 0, Archived: false);
        if (!await ConversationRow.Create(sql, row, pair: null, clock.GetUtcNow())) return Refusal.NameTaken.Of("openName");
        if (!await plan.Operation.Claim(sql, row.Id, plan.Results))
        {
            await ConversationRow.Discard(sql, row.Id);
            return (await plan.Operation.Earlier(sql, reader))!;
        }

        EntryBody started = new() { Members = plan.Members, Title = plan.Title, Name = plan.OpenName, ContinuedFrom = plan.ContinuedFrom };
        await roster.Found(sql, row.Id, founder, started);
        sql.AfterCommit(() => Log.Founded(logger, row.Id, founder, plan.Members.Count));
        return new ConferenceStarted((await reader.One(sql, founder, row.Id))!, plan.Results);
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Information, "Conference {Conversation} was started by {Founder} with {Members} members.")]
        public static partial void Founded(ILogger logger, ConversationId conversation, UserId founder, int members);
    }
}

/// <param name="Members">The founder included.</param>
internal sealed record FoundingPlan(Operation Operation, IReadOnlyList<UserId> Members, IReadOnlyList<Invited> Results)
{
    public string? Title { get; init; }
    public string? OpenName { get; init; }
    public ConversationId? ContinuedFrom { get; init; }
}

using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Conversations;

/// <summary>Conferences are started, and called something else.</summary>
internal sealed class Conferences(Database database, Memberships memberships, Transcript transcript, Founding founding, ConversationReader reader)
{
    private const int FewestOthers = 2;

    private static readonly Refusal TooFew = Refusal.Invalid.Of("with").Because("A conference begins with at least two others who can be reached.");

    public async Task<Answer<ConferenceStarted>> Start(UserId caller, StartConference request)
    {
        if (Operation.Check(request.OperationId) is { } badId) return badId;
        if (Guests.Check(request.With, "with") is { } badGuests) return badGuests;
        if (ConferenceNames.CheckTitle(request.Title, out var title) is { } badTitle) return badTitle;
        if (ConferenceNames.CheckOpenName(request.OpenName, out var openName) is { } badName) return badName;
        var fewest = openName is null ? FewestOthers : 0;
        if (request.With.Count < fewest) return TooFew;

        var operation = Operation.Of(caller, request.OperationId, request, ChatJson.Default.StartConference);
        return await database.Write<Answer<ConferenceStarted>>(async sql =>
        {
            if (await operation.Earlier(sql, reader) is { } earlier) return earlier;
            var guests = await Guests.Of(sql, caller, request.With, conversation: null);
            if (guests.Added.Count < fewest) return TooFew;

            return await founding.Found(sql, new(operation, [caller, .. guests.Added], guests.Results) { Title = title, OpenName = openName });
        });
    }

    public async Task<Answer<Done>> Rename(UserId caller, RenameConference request)
    {
        if (ConferenceNames.CheckTitle(request.Title, out var title) is { } badTitle) return badTitle;

        return await database.Write<Answer<Done>>(async sql =>
        {
            var standing = await Standing.Of(sql, memberships, request.Conversation, caller);
            if (Standing.NeedsOwner(standing) is { } no) return no;
            if (standing!.Row.Title == title) return Done.Value;

            await transcript.Append(sql, request.Conversation, EntryKind.Renamed, caller, new EntryBody { Title = title });
            await sql.Run("UPDATE conversation SET title = @title WHERE id = @conversation", ("title", title), ("conversation", request.Conversation));
            return Done.Value;
        });
    }
}

using Chat.Contracts;
using Chat.Server.Presences;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Users;

/// <summary>What users say of themselves, and what they choose to show.</summary>
internal sealed class Profiles(
    Database database, Transcript transcript, People people, PresenceBoard board, ProfileReader reader, ProfileTeller teller)
{
    public async Task<Answer<Profile>> Edit(UserId caller, EditProfile request)
    {
        var edit = ProfileRules.Check(request);
        if (!edit.Ok) return edit.Refusal;

        var answer = await database.Write(sql => Edit(sql, caller, edit.Value));
        if (answer.Ok) await teller.Tell(caller);
        return answer;
    }

    /// <summary>The choice is the user's, on every device; idle is the one connection.</summary>
    public async Task<Answer<Profile>> SetPresence(UserId caller, string connectionId, SetPresence request)
    {
        if (request.Choice is { } asked && !Enum.IsDefined(asked)) return Refusal.Invalid.Of("choice");

        if (request.Idle is { } idle) board.Idle(caller, connectionId, idle);
        var (before, after) = request.Choice is { } choice ? await database.Write(sql => Choose(sql, caller, choice)) : default;
        if (before != after && (IsSilent(before) || IsSilent(after))) await teller.Tell(caller); // the rest is told as presence
        return await database.Read(sql => reader.Own(sql, caller));
    }

    private async Task<Answer<Profile>> Edit(Sql sql, UserId caller, EditProfile edit)
    {
        var before = await UserRow.Of(sql, caller);
        var row = await sql.One($"""
            UPDATE chat_user SET version = version + 1,
                display_name = COALESCE(@displayName, display_name),
                about = NULLIF(COALESCE(@about, about), ''),
                time_zone = NULLIF(COALESCE(@timeZone, time_zone), ''),
                avatar = NULLIF(COALESCE(@avatar, avatar), ''),
                hides_last_seen = COALESCE(@hides, hides_last_seen)
            WHERE id = @me AND version = @version
            RETURNING {UserRow.Columns}
            """, UserRow.From,
            ("displayName", edit.DisplayName), ("about", edit.About), ("timeZone", edit.TimeZone), ("avatar", edit.Avatar),
            ("hides", edit.HidesLastSeen), ("me", caller), ("version", edit.Version));
        if (row is null) return Refusal.StaleVersion with { Current = await reader.Own(sql, before!) };

        if (row.DisplayName != before!.DisplayName)
        {
            await SearchWords.Store(sql, caller, row.UserName, row.DisplayName);
            sql.AfterCommit(() => people.Forget(caller));
        }
        await transcript.AppendToInbox(sql, caller, new ProfileEdited(row.Version));
        return await reader.Own(sql, row);
    }

    private async Task<(PresenceChoice Before, PresenceChoice After)> Choose(Sql sql, UserId caller, PresenceChoice choice)
    {
        var row = (await UserRow.Of(sql, caller))!;
        if (row.Choice == choice) return (choice, choice);

        await sql.Run("UPDATE chat_user SET presence_choice = @choice WHERE id = @me", ("choice", choice), ("me", caller));
        await transcript.AppendToInbox(sql, caller, new ProfileEdited(row.Version));
        sql.AfterCommit(() => board.Chose(caller, choice));
        return (row.Choice, choice);
    }

    private static bool IsSilent(PresenceChoice choice) => choice == PresenceChoice.DoNotDisturb;
}

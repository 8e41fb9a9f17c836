using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Messages;

/// <summary>What administrators tell everybody who is here; kept nowhere.</summary>
internal sealed class Announcements(Database database, Administrators administrators, People people, IAudience audience, TimeProvider clock)
{
    public async Task<Answer<Done>> Make(UserId caller, Announce request)
    {
        if (TextRules.Check(request.Text) is { } unfit) return unfit;
        if (!await database.Read(sql => administrators.Include(sql, caller))) return Refusal.Forbidden;

        var author = await database.Read(sql => people.Of(sql, caller));
        await audience.Everybody.Announced(new(request.Text, author, clock.GetUtcNow()));
        return Done.Value;
    }
}

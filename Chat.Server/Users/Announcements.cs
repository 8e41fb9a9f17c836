using System.Text;
using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Users;

/// <summary>What administrators tell everybody who is here; kept nowhere.</summary>
internal sealed class Announcements(Database database, Administrators administrators, People people, IAudience audience, TimeProvider clock)
{
    public async Task<Answer<Done>> Make(UserId caller, Announce request)
    {
        if (string.IsNullOrWhiteSpace(request.Text)) return Refusal.TextEmpty;
        if (request.Text.Length > Limits.TextLength || Encoding.UTF8.GetByteCount(request.Text) > Limits.TextLength) return Refusal.TooLarge.Of("text");
        if (!await database.Read(sql => administrators.Include(sql, caller))) return Refusal.Forbidden;

        var author = await database.Read(sql => people.Of(sql, caller));
        await audience.Everybody.Announced(new(request.Text, author, clock.GetUtcNow()));
        return Done.Value;
    }
}

using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;

namespace Chat.Server.Conversations;

/// <summary>Owners make owners, and stop being ones; there is always one.</summary>
internal sealed class Roles(Database database, Memberships memberships, Roster roster)
{
    public async Task<Answer<Done>> Change(UserId caller, ChangeRole request)
    {
        if (!Enum.IsDefined(request.Role)) return Refusal.Invalid.Of("role");

        return await database.Write<Answer<Done>>(async sql =>
        {
            if (Standing.NeedsOwner(await Standing.Of(sql, memberships, request.Conversation, caller)) is { } no) return no;
            if (await Named.MemberOf(sql, request.Conversation, request.UserName) is not { } member) return Refusal.NotAMember;
            if (await Roster.RoleOf(sql, request.Conversation, member) == request.Role) return Done.Value;
            if (member == caller && !await roster.HandOn(sql, request.Conversation, caller))
                return Refusal.Forbidden.Because("A conference has an owner, and there is nobody else.");

            await roster.SetRole(sql, request.Conversation, caller, member, request.Role);
            return Done.Value;
        });
    }
}

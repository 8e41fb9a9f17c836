using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Microsoft.Extensions.Options;

namespace Chat.Server.Users;

/// <summary>A user who may be made: names that keep the rules, and are perhaps taken.</summary>
internal sealed record NewUser(string UserName, string DisplayName)
{
    public string Skeleton => UserNames.Skeleton(UserName);
}

/// <summary>Makes users. Of all who ask for one name, or for names that look alike, exactly one gets it, whenever they ask.</summary>
internal sealed class Registration(TimeProvider clock, IOptions<UsersOptions> options)
{
    /// <summary>The rules that need no look at the other users.</summary>
    public Answer<NewUser> Check(Register request)
    {
        if (!options.Value.Registration) return Refusal.RegistrationClosed;
        if (UserNames.Fold(request.UserName) is not { } userName)
        {
            return Refusal.Invalid.Of("userName").Because("A user name is 2 to 32 letters a-z, digits, dots, underscores or hyphens, and begins with a letter or digit.");
        }
        if (UserNames.IsReserved(userName)) return Refusal.UserNameTaken.Of("userName");
        var displayName = NameRules.Name(request.DisplayName ?? userName, Limits.DisplayNameLength, "displayName");
        if (!displayName.Ok) return displayName.Refusal;

        return new NewUser(userName, displayName.Value);
    }

    /// <summary>Spares the hashing of a password in vain; what counts is <see cref="Enter"/>.</summary>
    public static Task<bool> IsTaken(Sql sql, NewUser user) => sql.One(
        "SELECT 1 FROM chat_user WHERE user_name = @userName OR skeleton = @skeleton LIMIT 1", _ => true,
        ("userName", user.UserName), ("skeleton", user.Skeleton));

    /// <summary>Stores the user with all that belongs to one; null, and nothing changed, where the name is taken.</summary>
    public async Task<UserId?> Enter(Sql sql, NewUser user, string passwordHash)
    {
        var now = clock.GetUtcNow();
        UserId id = new("u" + Guid.CreateVersion7(now).ToString("N"));

        // The unique indexes on name and skeleton decide.
        var entered = await sql.Change("""
            INSERT INTO chat_user (id, user_name, skeleton, password_hash, display_name, version, presence_choice, hides_last_seen, created_at)
            VALUES (@id, @userName, @skeleton, @passwordHash, @displayName, 1, @choice, 0, @now)
            ON CONFLICT DO NOTHING
            """,
            ("id", id), ("userName", user.UserName), ("skeleton", user.Skeleton), ("passwordHash", passwordHash),
            ("displayName", user.DisplayName), ("choice", PresenceChoice.Auto), ("now", now));
        if (entered == 0) return null;

        await Transcript.Create(sql, TranscriptId.InboxOf(id));
        await SearchWords.Store(sql, id, user.UserName, user.DisplayName);
        await Memberships.EnterLobby(sql, id);
        return id;
    }
}

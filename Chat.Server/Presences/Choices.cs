using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Presences;

/// <summary>What users chose to look like, as it is stored, for the board of this node: they may choose on another.</summary>
internal sealed class Choices(PresenceBoard board, Database database)
{
    private const int Turns = 64;

    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Everybody who is invisible.</summary>
    public async Task Load()
    {
        var invisible = await database.Read(sql => sql.Query(
            "SELECT id FROM chat_user WHERE presence_choice = @choice", row => new UserId(row.GetString(0)), ("choice", PresenceChoice.Invisible)));
        foreach (var user in invisible) board.Chose(user, PresenceChoice.Invisible);
    }

    public async ValueTask LookAgain(UserId user)
    {
        // One after another for one user: what was read earlier must not be told later.
        var turn = _turns[(uint)user.GetHashCode() % Turns];
        await turn.WaitAsync();
        try
        {
            board.Chose(user, await database.Read(sql => sql.One(
                "SELECT presence_choice FROM chat_user WHERE id = @id", row => row.Name<PresenceChoice>(0), ("id", user))));
        }
        finally
        {
            turn.Release();
        }
    }
}

using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Presences;

/// <summary>
/// Tells what the board noted, one note after another: stores when a user who looks offline now was last here, then tells the users who share
/// a conversation of at most <see cref="Limits.MembersTold"/> members.
/// </summary>
internal sealed partial class PresenceTeller(
    PresenceBoard board, Choices choices, Database database, People people, Sight sight, IAudience audience, LobbySwitch lobby, ILogger<PresenceTeller> logger)
    : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await choices.Load();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Who is here when the server stops was last seen then.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        var present = board.Present();
        await base.StopAsync(cancellationToken);
        await Try(() => database.Write(async sql =>
        {
            foreach (var (user, lastHere) in present) await StoreLastSeen(sql, user, lastHere);
            return Done.Value;
        }));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var note in board.Notes.ReadAllAsync(stoppingToken))
            {
                if (note.Reached is { } reached) reached.SetResult();
                else await Try(() => note.Only is { } viewer ? Tell(note.User, viewer) : Tell(note.User));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends, perhaps before it was fully started: then it would take this for a fault.
        }
    }

    private async Task Tell(UserId user)
    {
        if (board.Take(user) is not { } change) return;

        if (change.Presence == Presence.Offline) await database.Write(sql => StoreLastSeen(sql, user, change.Since));
        var (person, hides, circle) = await database.Read(async sql => (
            await people.Of(sql, user),
            await sql.One("SELECT hides_last_seen FROM chat_user WHERE id = @id", row => row.Yes(0), ("id", user)),
            await Circle.Of(sql, user, Limits.MembersTold, lobby.IsOn)));
        if (circle.Count == 0) return;

        DateTimeOffset? lastSeen = change.Presence == Presence.Offline && !hides ? change.Since : null;
        _ = audience.DevicesOf(circle).PresenceChanged(new(person, change.Presence, lastSeen));
    }

    private async Task Tell(UserId user, UserId viewer)
    {
        var (person, seen, shares) = await database.Read(async sql => (
            await people.Of(sql, user),
            (await sight.Of(sql, viewer, [user]))(user),
            (await Circle.Of(sql, viewer, Limits.MembersTold, lobby.IsOn)).Contains(user)));
        if (shares) _ = audience.DevicesOf(viewer).PresenceChanged(new(person, seen.Presence, seen.LastSeen));
    }

    private static Task<int> StoreLastSeen(Sql sql, UserId user, DateTimeOffset at) =>
        sql.Change("UPDATE chat_user SET last_seen = @at WHERE id = @id", ("at", at), ("id", user));

    // Presence may be lost; the loop may not.
    private async Task Try(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (Exception exception)
        {
            Log.NotTold(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Warning, "A change of presence could not be stored or told.")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}

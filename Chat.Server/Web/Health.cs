using Chat.Server.Hosting;
using Chat.Server.Storage;

namespace Chat.Server.Web;

/// <summary>What a supervisor asks: is the process alive, and should it be sent anybody. It says no more than that, for anybody may ask.</summary>
internal static class Health
{
    private static readonly TimeSpan StorageLimit = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet(Paths.Health + "/live", () => "alive\n");
        app.MapGet(Paths.Health + "/ready", async (Draining draining, Database database, TimeProvider clock) =>
            draining.HasBegun ? NotReady("stopping\n")
            : await Answers(database, clock) ? Results.Text("ready\n")
            : NotReady("the storage does not answer\n"));
    }

    private static async Task<bool> Answers(Database database, TimeProvider clock)
    {
        try
        {
            return await database.Read(sql => sql.One("SELECT 1", row => row.GetInt64(0))).WaitAsync(StorageLimit, clock) == 1;
        }
        catch (Exception exception) when (exception is TimeoutException or StorageFault or ObjectDisposedException)
        {
            return false;
        }
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}

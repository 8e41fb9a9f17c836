using Chat.Tests.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>
/// Every method of the hub, called by everybody there is. What each is answered stands in Approved/callers.txt: a rule about who may do what
/// changes there, where it can be read, or not at all.
/// </summary>
public sealed class WhoMayCallWhat
{
    // Each waits most of the time.
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 16 };

    [Fact]
    public void Every_method_is_among_the_deeds() =>
        Deeds.All.Select(deed => deed.Method).Distinct().Should().BeEquivalentTo(Contract.Methods.Select(method => method.Name));

    [Fact]
    public void Every_request_is_named_as_its_method() => Contract.Methods.Should().OnlyContain(method => method.Request.Name == method.Name);

    [Fact]
    public async Task Everybody_is_answered_as_the_table_says()
    {
        LogBook log = new();
        await using var server = await SafetyServer.Start(log, [.. SafetyServer.Unlimited, .. Administrators]);
        var rows = new string[Deeds.All.Count];
        await Parallel.ForAsync(0, rows.Length, AtOnce, async (number, _) => rows[number] = Row(Deeds.All[number].ToString(), await OutcomesOf(Deeds.All[number], number, server)));

        Approval.Holds("callers.txt", string.Join('\n', [Row("", Scene.Callers), .. rows, ""]));
        log.Text.Should().BeEmpty("nothing that anybody asks is a fault");
    }

    private static IEnumerable<string> Administrators =>
        Deeds.All.Index().SelectMany(deed => Scene.Callers.Index().Select(caller => Scene.AdministratorsName(Suffix(deed.Index, caller.Index))))
            .Index().Select(name => $"--Administrators:{name.Index}={name.Item}");

    private static async Task<List<string>> OutcomesOf(Deed deed, int number, TestServer server)
    {
        List<string> outcomes = [];
        Scene? scene = null;
        foreach (var (at, caller) in Scene.Callers.Index())
        {
            scene ??= new(server, Suffix(number, at));
            outcomes.Add((await scene.Call(caller, deed)).Outcome);
            if (!deed.IsUpsetting) continue;
            await scene.DisposeAsync();
            scene = null;
        }
        if (scene is not null) await scene.DisposeAsync();
        return outcomes;
    }

    private static string Row(string what, IEnumerable<string> cells) => $"{what,-50}{string.Concat(cells.Select(cell => $"{cell,-20}"))}".TrimEnd();

    // No two of them look alike.
    private static string Suffix(int deed, int caller) => $"{(char)('a' + (deed / 26))}{(char)('a' + (deed % 26))}{(char)('a' + caller)}";
}

using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>One server for a class of abuses, and two who talk undisturbed whatever the others do.</summary>
public class House : IAsyncLifetime, IAsyncDisposable
{
    private const string Ruler = "ruler";
    private readonly LogBook _log = new();
    private Visitor _alice = null!;
    private Visitor _bob = null!;
    private int _names;
    private int _read;
    private bool _hasRuler;

    internal TestServer Server { get; private set; } = null!;

    /// <summary>The conversation of the two who talk undisturbed.</summary>
    internal ConversationId Theirs { get; private set; }

    internal virtual string[] Settings => [.. SafetyServer.Unlimited, $"--Administrators:0={Ruler}"];

    public async Task InitializeAsync()
    {
        Server = await SafetyServer.Start(_log, Settings);
        _alice = await Visitor.Register(Server, "alice.healthy");
        _bob = await Visitor.Register(Server, "bob.healthy");
        Theirs = await _alice.ChatWith(_bob.Name);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>A user whom nobody has seen before.</summary>
    internal Task<Visitor> Someone() => Visitor.Register(Server, NewName());

    /// <summary>The administrator.</summary>
    internal async Task<Visitor> Administrator()
    {
        if (_hasRuler) return await Visitor.LogIn(Server, Ruler);
        _hasRuler = true;
        return await Visitor.Register(Server, Ruler);
    }

    /// <summary>Two in a conference with a third.</summary>
    internal async Task<(Visitor Owner, Visitor Member, ConversationId Conference)> Conference()
    {
        var owner = await Someone();
        var member = await Someone();
        await using var third = await Someone();
        var conference = await owner.Confer(null, member.Name, third.Name);
        await member.Connection.Hears(nameof(IChatClient.EntriesAppended), conference.Value); // what is said in passing reaches who listens already
        return (owner, member, conference);
    }

    internal string NewName() => $"guest{Letters(Interlocked.Increment(ref _names))}";

    /// <summary>Nobody else was harmed, and nothing broke.</summary>
    internal async Task IsWell()
    {
        var said = $"still here {Guid.NewGuid()}";
        await _alice.Say(Theirs, said);
        await _bob.Connection.Hears(nameof(IChatClient.EntriesAppended), said);
        var logged = _log.Text;
        var news = logged[_read..];
        _read = logged.Length;
        news.Should().BeEmpty("whatever is sent is no fault of the server");
    }

    /// <summary>Whoever sent that may go on, here or, where it was closed, anew.</summary>
    internal async Task IsWell(Visitor visitor)
    {
        if (!visitor.Connection.IsClosed && await Answers(visitor)) await IsWell();
        else
        {
            await using var again = await Visitor.LogIn(Server, visitor.Name);
            (await Answers(again)).Should().BeTrue();
            await IsWell();
        }
    }

    internal async Task IsWell(RawConnection stranger, Visitor visitor)
    {
        (await stranger.Ask(new ListSessions())).Outcome.Should().Be("notLoggedIn");
        await IsWell(visitor);
    }

    private static async Task<bool> Answers(Visitor visitor)
    {
        try
        {
            return (await visitor.Ask(new ListSessions())).Outcome == "ok";
        }
        catch (IOException)
        {
            return false; // closed meanwhile
        }
    }

    // Digits look like letters in user names.
    private static string Letters(int number) => string.Concat(number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));
}

using System.Net;
using Chat.Bench.Sockets;
using Chat.Bench.Speaking;
using Chat.Contracts;

namespace Chat.Bench.Servers;

/// <summary>Our server as it is installed: durable storage with full synchronisation, every rule; only what keeps one machine from being everybody is off.</summary>
internal sealed class ChatSide(string name, Loop loop, Speech speech, int? core, string program, params string[] settings) : Side(loop, speech)
{
    private const string Password = "correct horse battery";

    private readonly IPEndPoint _address = FreePort.Take();
    private readonly string _folder = Directory.CreateTempSubdirectory("bench-").FullName;
    private int _people;

    public override string Name => name;

    /// <summary>SQLite's file.</summary>
    public string Database => Path.Combine(_folder, "chat.db");

    private static string[] Relaxed =>
    [
        "--RateLimits:Enabled=false", "--Login:RegistrationsPerAddress=0", "--Login:PasswordIterations=1000", "--Login:PasswordQueue=1000",
        "--Web:MaxConnections=1000000", "--Web:MaxConnectionsPerAddress=1000000",
    ];

    public override async Task Start() =>
        Child = await Child.Start(_address, [program, "--urls", $"http://{_address}", "--data", _folder, .. Relaxed, .. settings], "Data: ", core);

    public override async Task<IReadOnlyList<Guest>> Gather(int count)
    {
        var first = _people;
        _people += count;
        return await Each([.. Enumerable.Range(first, count)], async number =>
        {
            var name = $"bench{number:00000}";
            var wire = await Connect();
            var session = Yes(await wire.Ask<Answer<Session>>(nameof(IChatHub.Register), new Register { UserName = name, Password = Password }));
            return new Guest(wire, name, session.Token);
        });
    }

    /// <summary>One makes a notebook, two a private chat, more a conference; no more are invited in one call than the contract allows.</summary>
    public override async Task<string> Meet(IReadOnlyList<Guest> members)
    {
        var host = members[0].Wire;
        if (members.Count <= 2) return Yes(await host.Ask<Answer<Conversation>>(nameof(IChatHub.StartPrivateChat), new StartPrivateChat { With = members[^1].Name })).ConversationId.Value;

        var guests = members.Skip(1).Select(member => member.Name).Chunk(Limits.InvitedPerCall).ToList();
        var conference = Yes(await host.Ask<Answer<ConferenceStarted>>(nameof(IChatHub.StartConference),
            new StartConference { OperationId = OperationId.New(TimeProvider.System), With = guests[0] })).Conversation.ConversationId;
        foreach (var more in guests.Skip(1))
        {
            Yes(await host.Ask<Answer<ConferenceStarted>>(nameof(IChatHub.Invite),
                new Invite { Conversation = conference, UserNames = more, OperationId = OperationId.New(TimeProvider.System) }));
        }
        return conference.Value;
    }

    public override byte[] Say(string call, string conversation, string text) => Speech.Call(call, nameof(IChatHub.SendMessage),
        new SendMessage { Conversation = new(conversation), ClientMessageId = ClientMessageId.New(TimeProvider.System), Text = text });

    public override bool Agrees(ReadOnlySpan<byte> answer) => Speech.Agrees(answer);

    /// <summary>They connect again, with the sessions that they have.</summary>
    public async Task<IReadOnlyList<Guest>> Resume(IReadOnlyList<Guest> people) => await Each(people, async person =>
    {
        var wire = await Connect();
        Yes(await wire.Ask<Answer<Session>>(nameof(IChatHub.Resume), new Resume { Token = person.Token }));
        return person with { Wire = wire };
    });

    /// <summary>They connect again and say what they have of a conversation; whose call fails is left with a closed connection.</summary>
    public async Task<IReadOnlyList<Guest>> Return(IReadOnlyList<Guest> people, string conversation, long have) => await Each(people, async person =>
    {
        try
        {
            var wire = await Connect();
            var session = Yes(await wire.Ask<Answer<Session>>(nameof(IChatHub.Resume), new Resume { Token = person.Token }));
            Yes(await wire.Ask<Answer<ResyncResult>>(nameof(IChatHub.Resync),
                new Resync { Epoch = session.Epoch, Have = new Dictionary<ConversationId, long> { [new(conversation)] = have } }));
            return person with { Wire = wire };
        }
        catch (Exception)
        {
            return person; // counted, and no reason to stop measuring
        }
    }, Returning);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public static T Yes<T>(Answer<T> answer) where T : class => answer.Ok ? answer.Value : throw new InvalidOperationException($"The server refuses: {answer.Refusal.Text}");
}

using System.Collections.Concurrent;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>
/// Seven callers and the one they all have to do with, the target: owner, member, blocked (by the target) and target are in a conference, the ex-member
/// was, stranger and administrator never were. Set anew for each deed that changes something, so that no caller stumbles over what the one before did.
/// </summary>
internal sealed class Scene(TestServer server, string suffix) : IAsyncDisposable
{
    public static readonly string[] Callers = ["nobody", "stranger", "exMember", "member", "owner", "blocked", "administrator"];

    private readonly ConcurrentDictionary<string, Visitor> _people = [];
    private readonly ConcurrentDictionary<Visitor, long> _said = [];

    /// <summary>Who calls now; null for nobody.</summary>
    public Visitor? Caller { get; private set; }

    public string CallersName => Caller?.Name ?? NameOf("nobody");
    public Visitor Target => _people["target"];
    public ConversationId Conference { get; private set; }

    /// <summary>A private chat of the target and the member.</summary>
    public ConversationId ChatOfOthers { get; private set; }

    /// <summary>The target's message in the conference, which even the ex-member can read.</summary>
    public long TargetsMessage => _said[Target];

    /// <summary>The caller's own there; the target's where the caller was never in.</summary>
    public long OwnMessage => Caller is not null && _said.TryGetValue(Caller, out var seq) ? seq : TargetsMessage;

    public string NameOf(string role) => $"{role.ToLowerInvariant()}-{suffix}";

    public static string AdministratorsName(string suffix) => $"administrator-{suffix}";

    public Task<RawAnswer> Call(string caller, Deed deed) => Call(caller, deed.Request, deed.IsReading);

    public async Task<RawAnswer> Call(string caller, Func<Scene, object> request, bool isReading = false)
    {
        if (!isReading || _people.IsEmpty) await Set();
        Caller = _people.GetValueOrDefault(caller);
        if (Caller is not null) return await Caller.Ask(request(this));
        await using var anonymous = await RawConnection.Open(server.Url);
        return await anonymous.Ask(request(this));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people.Values) await person.DisposeAsync();
    }

    private async Task Set()
    {
        if (_people.IsEmpty)
        {
            await Task.WhenAll(Callers.Skip(1).Append("target").Select(async role => _people[role] = await Visitor.Register(server, NameOf(role))));
        }
        Conference = await _people["owner"].Confer("Plans", NameOf("target"), NameOf("member"), NameOf("exMember"), NameOf("blocked"));
        await Task.WhenAll(new[] { "target", "member", "exMember", "owner", "blocked" }.Select(async role =>
            _said[_people[role]] = (await _people[role].Say(Conference, $"{role} was here")).Seq));
        await Task.WhenAll(
            _people["exMember"].Do(new LeaveConference { Conversation = Conference }),
            BeginChatOfOthers(),
            Target.Do(new BlockUser { UserName = NameOf("blocked") }));
    }

    private async Task BeginChatOfOthers() => ChatOfOthers = await Target.ChatWith(NameOf("member"));
}

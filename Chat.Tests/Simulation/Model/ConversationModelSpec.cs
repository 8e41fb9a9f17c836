using Chat.Contracts;
using Chat.Server.Conversations;
using Chat.Server.Delivery;
using Chat.Server.Messages;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Chat.Tests.Simulation.Nodes;
using Chat.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Chat.Tests.Simulation.Model;

/// <summary>Whatever is done, the rooms refuse what the model refuses, and show every user what the model shows.</summary>
public abstract class ConversationModelSpec(string provider) : IAsyncLifetime
{
    private const int Sequences = 60;

    private readonly Parts _parts = new();
    private readonly List<UserId> _users = [];
    private TestDatabase _store = null!;
    private int _conferences;

    public async Task InitializeAsync()
    {
        _store = await TestDatabase.Open(provider);
        _parts.Add<TimeProvider>(_store.Clock);
        _parts.Add(_store.Database);
        _parts.Add<IAudience>(new RecordingAudience());
        _parts.Add(new LobbySwitch(IsOn: true));
        _parts.Add(new Administrators([], _store.People));
        _parts.AddDefaults();
        for (var user = 0; user < ConversationModel.Users; user++)
        {
            _store.Clock.Advance(TimeSpan.FromMilliseconds(1)); // ids are in the order of the numbers
            _users.Add(await TestUsers.Add(_store, Name(user)));
        }
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    // On a thread of its own, because it waits: the pool has few, and what it waits for needs them.
    [Fact]
    public Task The_rooms_do_what_the_model_does() => Task.Factory.StartNew(
        () => Prop.ForAll(Deed.Sequences, sequence => Played(sequence.IsOpen, sequence.Deeds).GetAwaiter().GetResult().ToProperty())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences)),
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // A database that did not answer in time on a busy machine is no difference, so that the whole is played once more.
    private async Task<Difference> Played(bool isOpen, Deed[] deeds)
    {
        try
        {
            return await Difference(isOpen, deeds);
        }
        catch (StorageFault)
        {
            return await Difference(isOpen, deeds);
        }
    }

    private async Task<Difference> Difference(bool isOpen, Deed[] deeds)
    {
        ConversationModel model = new(isOpen);
        StartConference start = new() { OperationId = OperationId.New(TimeProvider.System), With = [Name(1), Name(2)], OpenName = isOpen ? $"open{++_conferences}" : null };
        var conference = (await _parts.Get<Conferences>().Start(_users[0], start)).Value!.Conversation.ConversationId;
        for (var at = 0; at < deeds.Length; at++)
        {
            var (expected, found) = (Expected(model, deeds[at], $"text {at}"), await Done(conference, deeds[at], $"text {at}"));
            if (found?.Name != expected) return new($"Deed {at}, {deeds[at]}, is answered {found?.Name ?? "yes"} instead of {expected ?? "yes"}.");
        }
        for (var user = 0; user < ConversationModel.Users; user++)
        {
            if (await Difference(model, conference, user) is { } difference) return new(difference);
        }
        return new(null);
    }

    private async Task<string?> Difference(ConversationModel model, ConversationId conference, int user)
    {
        var page = (await _parts.Get<History>().Read(_users[user], new() { Conversation = conference, Limit = Limits.PageOfEntries })).Value;
        if (page is null) return model.WasEverIn(user) ? $"User {user} can read nothing." : null;
        if (!model.WasEverIn(user)) return $"User {user} can read.";

        var shown = Enumerable.Range((int)page.From, (int)(page.To - page.From + 1)).Select(seq => page.Entries.SingleOrDefault(entry => entry.Seq == seq) is { } entry ? Shown(entry) : "hole").ToList();
        if (!shown.SkipWhile(text => text == "hole").SequenceEqual(model.ReadBy(user)))
            return $"User {user} reads\n{string.Join('\n', shown)}\ninstead of\n{string.Join('\n', model.ReadBy(user))}";

        var row = (await _parts.Get<ConversationList>().Get(_users[user], new() { Conversation = conference })).Value!;
        if (row.ReadSeq != model.MarkOf(user)) return $"User {user} has read up to {row.ReadSeq} instead of {model.MarkOf(user)}.";
        if (row.Role != model.RoleOf(user)) return $"User {user} is {row.Role} instead of {model.RoleOf(user)}.";
        return model.RoleOf(user) is null || row.MemberCount == model.MemberCount ? null : $"There are {row.MemberCount} members instead of {model.MemberCount}.";
    }

    private static string? Expected(ConversationModel model, Deed deed, string text) => deed.Kind switch
    {
        DeedKind.Send => model.Send(deed.User, text),
        DeedKind.Edit => model.Edit(deed.User, deed.Seq, text),
        DeedKind.Delete => model.Delete(deed.User, deed.Seq),
        DeedKind.React => model.React(deed.User, deed.Seq),
        DeedKind.MarkRead => model.MarkRead(deed.User, deed.Seq),
        DeedKind.Invite => model.Invite(deed.User, deed.Other, sharesHistory: false),
        DeedKind.InviteWithHistory => model.Invite(deed.User, deed.Other, sharesHistory: true),
        DeedKind.Join => model.Join(deed.User),
        DeedKind.Leave => model.Leave(deed.User),
        DeedKind.Remove => model.Remove(deed.User, deed.Other),
        DeedKind.MakeOwner => model.ChangeRole(deed.User, deed.Other, Role.Owner),
        _ => model.ChangeRole(deed.User, deed.Other, Role.Member),
    };

    private async Task<Refusal?> Done(ConversationId conference, Deed deed, string text)
    {
        var user = _users[deed.User];
        var id = ClientMessageId.New(TimeProvider.System);
        return deed.Kind switch
        {
            DeedKind.Send => (await _parts.Get<Messenger>().Send(user, new() { Conversation = conference, ClientMessageId = id, Text = text })).Refusal,
            DeedKind.Edit => (await _parts.Get<Amender>().Edit(user, new() { Conversation = conference, ClientMessageId = id, Seq = deed.Seq, Text = text })).Refusal,
            DeedKind.Delete => (await _parts.Get<Amender>().Delete(user, new() { Conversation = conference, ClientMessageId = id, Seq = deed.Seq })).Refusal,
            DeedKind.React => (await _parts.Get<Reactions>().React(user, new() { Conversation = conference, ClientMessageId = id, Seq = deed.Seq, Emoji = "👍" })).Refusal,
            DeedKind.MarkRead => (await _parts.Get<ReadMarks>().Move(user, new() { Conversation = conference, Seq = deed.Seq })).Refusal,
            DeedKind.Invite or DeedKind.InviteWithHistory => (await _parts.Get<Invitations>().Invite(user, new()
            {
                Conversation = conference, UserNames = [Name(deed.Other)], OperationId = OperationId.New(TimeProvider.System),
                History = deed.Kind == DeedKind.Invite ? SharedHistory.None : SharedHistory.All,
            })).Refusal,
            DeedKind.Join => (await _parts.Get<OpenConferences>().Join(user, new() { Conversation = conference })).Refusal,
            DeedKind.Leave => (await _parts.Get<Departures>().Leave(user, new() { Conversation = conference })).Refusal,
            DeedKind.Remove => (await _parts.Get<Departures>().Remove(user, new() { Conversation = conference, UserName = Name(deed.Other) })).Refusal,
            _ => (await _parts.Get<Roles>().Change(user, new()
            {
                Conversation = conference, UserName = Name(deed.Other), Role = deed.Kind == DeedKind.MakeOwner ? Role.Owner : Role.Member,
            })).Refusal,
        };
    }

    private static string Name(int user) => $"user{user}";

    private string Shown(Entry entry)
    {
        var text = entry is Message message ? message.Text : (entry as Edited)?.Text;
        return $"{entry.GetType().Name} by {_users.IndexOf(entry.Author.User)}: {text} +{(entry as Message)?.Reactions?.Sum(reaction => reaction.By.Count) ?? 0}";
    }
}

public sealed class SqliteConversationModel() : ConversationModelSpec(StorageOptions.Sqlite);

public sealed class PostgresConversationModel() : ConversationModelSpec(StorageOptions.Postgres);

/// <summary>How the rooms and the model differ after some deeds; null where they do not.</summary>
internal sealed record Difference(string? What)
{
    public Property ToProperty() => (What is null).Label(What ?? "");
}

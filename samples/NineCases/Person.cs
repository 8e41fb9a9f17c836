using Chat.Client;
using Chat.Contracts;
using Chat.Contracts.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace NineCases;

/// <summary>One user at one connection: a stock <see cref="HubConnection"/> with its default settings, the methods and events named by the contract.</summary>
internal sealed class Person : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HubConnection _connection;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by the lock.
    private readonly List<object> _seen = [];
    private readonly List<Action<object>> _looking = [];

    private Person(Uri server)
    {
        _connection = new HubConnectionBuilder()
            .WithChatServer(new Uri(server, "/chat"))
            .AddJsonProtocol(json => json.PayloadSerializerOptions = ChatJson.Default.Options)
            .Build();
        _connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        _connection.On<EntryBatch>(nameof(IChatClient.EntriesAppended), Hear);
        _connection.On<InboxBatch>(nameof(IChatClient.InboxAppended), Hear);
        _connection.On<PresenceNotice>(nameof(IChatClient.PresenceChanged), Hear);
        _connection.On<Profile>(nameof(IChatClient.ProfileChanged), Hear);
        _connection.On<ReadNotice>(nameof(IChatClient.ReadMarkMoved), Hear);
        _connection.On<SessionEnd>(nameof(IChatClient.SessionEnded), Hear);
    }

    /// <summary>Completes when the connection ends, whoever ends it.</summary>
    public Task Closed => _closed.Task;

    public static async Task<Person> Connect(Uri server)
    {
        var person = new Person(server);
        await person._connection.StartAsync();
        return person;
    }

    /// <summary>The value of a call that must not be refused.</summary>
    public async Task<T> Ask<T>(string method, object request) where T : class
    {
        var answer = await _connection.InvokeAsync<Answer<T>>(method, request);
        return answer.Ok ? answer.Value : throw new InvalidOperationException($"{method} was refused: {answer.Refusal.Code} {answer.Refusal.Name}: {answer.Refusal.Text}");
    }

    public Task Do(string method, object request) => Ask<Done>(method, request);

    /// <summary>The refusal of a call that must be.</summary>
    public async Task<Refusal> Refused<T>(string method, object request) where T : class =>
        (await _connection.InvokeAsync<Answer<T>>(method, request)).Refusal ?? throw new InvalidOperationException($"{method} was expected to be refused, and was not");

    public Task<Receipt> Say(ConversationId conversation, string text) => Ask<Receipt>(
        nameof(IChatHub.SendMessage), new SendMessage { Conversation = conversation, ClientMessageId = ClientMessageId.New(TimeProvider.System), Text = text });

    public Task<TranscriptPage> Read(ConversationId conversation, long? after = null) => Ask<TranscriptPage>(
        nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = conversation, After = after, Limit = Limits.PageOfEntries });

    public Task<Message> Hears(ConversationId conversation, string text) => SeesEntry<Message>(conversation, $"the message \"{text}\"", message => message.Text == text);

    public Task<TEntry> SeesEntry<TEntry>(ConversationId conversation, string expectation, Func<TEntry, bool> matches) where TEntry : Entry => Sees<EntryBatch, TEntry>(
        expectation, batch => batch.Conversation == conversation ? batch.Entries.OfType<TEntry>().FirstOrDefault(matches) : null);

    public Task<TEntry> SeesInbox<TEntry>(string expectation, Func<TEntry, bool> matches) where TEntry : InboxEntry =>
        Sees<InboxBatch, TEntry>(expectation, batch => batch.Entries.OfType<TEntry>().FirstOrDefault(matches));

    /// <summary>What is found in an event that came, or comes within the limit.</summary>
    public async Task<TFound> Sees<TEvent, TFound>(string expectation, Func<TEvent, TFound?> pick, int seconds = 10) where TFound : class
    {
        var found = new TaskCompletionSource<TFound>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            foreach (var argument in _seen) Look(argument);
            _looking.Add(Look);
        }
        try
        {
            return await found.Task.WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"expected within {seconds} s: {expectation}");
        }
        finally
        {
            lock (_lock) _looking.Remove(Look);
        }

        void Look(object argument)
        {
            if (argument is TEvent one && pick(one) is { } what) found.TrySetResult(what);
        }
    }

    /// <summary>Every entry of a conversation that was told so far.</summary>
    public List<Entry> EntriesOf(ConversationId conversation)
    {
        lock (_lock) return [.. _seen.OfType<EntryBatch>().Where(batch => batch.Conversation == conversation).SelectMany(batch => batch.Entries)];
    }

    /// <summary>From here on only later ones of these are seen.</summary>
    public void Forget<TEvent>()
    {
        lock (_lock) _seen.RemoveAll(argument => argument is TEvent);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Hear<TEvent>(TEvent argument) where TEvent : notnull
    {
        lock (_lock)
        {
            _seen.Add(argument);
            foreach (var look in _looking) look(argument);
        }
    }
}

using System.Collections.Concurrent;
using Chat.Client;
using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.EndToEnd;

/// <summary>Somebody on a stock <see cref="HubConnection"/>: calls by name, and keeps what it hears.</summary>
internal sealed class Guest : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly HubConnection _hub;
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Guest(HubConnection hub)
    {
        _hub = hub;
        hub.Closed += exception =>
        {
            _closed.TrySetResult(exception);
            return Task.CompletedTask;
        };
        Keep<EntryBatch>(nameof(IChatClient.EntriesAppended));
        Keep<InboxBatch>(nameof(IChatClient.InboxAppended));
        Keep<PresenceNotice>(nameof(IChatClient.PresenceChanged));
        Keep<SessionEnd>(nameof(IChatClient.SessionEnded));
        Keep<Closing>(nameof(IChatClient.ServerClosing));
    }

    public Session Session { get; private set; } = null!;

    /// <summary>All events, in the order heard.</summary>
    public ConcurrentQueue<object> Heard { get; } = [];

    public Task<Exception?> Closed => _closed.Task;

    public bool IsConnected => _hub.State == HubConnectionState.Connected;

    public static async Task<Guest> Connect(string url)
    {
        var builder = new HubConnectionBuilder().WithChatServer(new Uri($"{url}/chat"))
            .AddJsonProtocol(json => json.PayloadSerializerOptions = ChatJson.Default.Options);
        Guest guest = new(builder.Build());
        await guest._hub.StartAsync();
        return guest;
    }

    public static async Task<Guest> Register(string url, string userName)
    {
        var guest = await Connect(url);
        guest.Session = await guest.Must<Session>(nameof(IChatHub.Register), new Register { UserName = userName, Password = Password });
        return guest;
    }

    public static async Task<Guest> LogIn(string url, string userName)
    {
        var guest = await Connect(url);
        guest.Session = await guest.Must<Session>(nameof(IChatHub.LogIn), new LogIn { UserName = userName, Password = Password });
        return guest;
    }

    public static async Task<Guest> Resume(string url, string token)
    {
        var guest = await Connect(url);
        guest.Session = await guest.Must<Session>(nameof(IChatHub.Resume), new Resume { Token = token });
        return guest;
    }

    public Task<Answer<T>> Call<T>(string method, object request) where T : class => _hub.InvokeAsync<Answer<T>>(method, request);

    /// <summary>The value of a call that may not be refused.</summary>
    public async Task<T> Must<T>(string method, object request) where T : class
    {
        var answer = await Call<T>(method, request);
        return answer.Ok ? answer.Value : throw new InvalidOperationException($"{method} was refused: {answer.Refusal}");
    }

    public Task<Answer<Receipt>> Send(ConversationId conversation, string text, ClientMessageId? id = null) =>
        Call<Receipt>(nameof(IChatHub.SendMessage), new SendMessage
        {
            Conversation = conversation,
            ClientMessageId = id ?? ClientMessageId.New(TimeProvider.System),
            Text = text,
        });

    public async Task<ConversationId> StartConference(string title, params string[] with) =>
        (await Must<ConferenceStarted>(nameof(IChatHub.StartConference),
            new StartConference { OperationId = OperationId.New(TimeProvider.System), Title = title, With = with })).Conversation.ConversationId;

    public async Task<List<Entry>> ReadAll(ConversationId conversation)
    {
        List<Entry> all = [];
        for (long after = 0; ;)
        {
            var page = await Must<TranscriptPage>(nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = conversation, After = after, Limit = 200 });
            all.AddRange(page.Entries);
            if (page.To < page.From || page.To == page.Head) return all;
            after = page.To;
        }
    }

    /// <summary>The seqs it heard live, in the order heard.</summary>
    public List<long> SeqsOf(ConversationId conversation) =>
        [.. Heard.OfType<EntryBatch>().Where(batch => batch.Conversation == conversation).SelectMany(batch => batch.Entries).Select(entry => entry.Seq)];

    public Task Hears(ConversationId conversation, long seq) =>
        Eventually.Is(() => SeqsOf(conversation).Contains(seq), $"{Session.Me.UserName} heard seq {seq}");

    public async ValueTask DisposeAsync() => await _hub.DisposeAsync();

    private void Keep<T>(string method) where T : class => _hub.On<T>(method, Heard.Enqueue);
}

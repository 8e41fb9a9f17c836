using Chat.Client.Rules;
using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Driving;

internal sealed partial class Driver
{
    private void Do(Effect effect)
    {
        switch (effect)
        {
            case Effect.Connect { Connection: var number }:
                _link = new(number, _options, Happen, _events, () => Now);
                _ = _link.Connect();
                break;
            case Effect.Disconnect:
                Drop(null);
                break;
            case Effect.Greet { Greeting: var greeting } when _link is { } link:
                _ = Ask(hub => hub.Greet(greeting), link, answer => new Input.Greeted(link.Number, answer));
                break;
            case Effect.LoggedIn { Session: var session }:
                Session = session;
                if (!_options.Listens) _ready.TrySetResult(session);
                else if (!_ready.Task.IsCompleted) _listing.Begin(() => _ready.TrySetResult(session));
                break;
            case Effect.CallResync resync when _link is { } link:
                _ = Ask(hub => hub.Resync(resync.Request), link, answer => new Input.Resynced(link.Number, resync.Number, answer));
                break;
            case Effect.Send send when _link is { } link:
                _ = Ask(hub => hub.Send(send.Draft), link, answer => new Input.Sent(link.Number, send.Draft.ClientMessageId, send.Try, answer));
                break;
            case Effect.ApplyInbox { Batch: var batch }:
                foreach (var entry in batch.Entries) _events.Inbox.Tell(entry);
                break;
            case Effect.Begin { Conversation: null } or Effect.Skip { Conversation: null } when _options.Listens && _ready.Task.IsCompleted:
                _listing.Begin(() => { });
                break;
            case Effect.Stored stored:
                _outgoing.Stored(stored);
                break;
            case Effect.Failed failed:
                _outgoing.Failed(failed);
                break;
            case Effect.Ended ended:
                End(ended);
                break;
            default:
                _feeds.Do(effect);
                break;
        }
    }

    private async Task Ask<T>(Func<IChatHub, Task<Answer<T>>> call, Link link, Func<Answer<T>, Input> input) where T : class
    {
        try
        {
            Happen(input(await call(link.Hub(CancellationToken.None)).ConfigureAwait(false)));
        }
        catch (Exception fault)
        {
            Log.Failed(_logger, link.Number, fault.Message);
            Happen(input(Input.Fault));
        }
    }

    private void End(Effect.Ended ended)
    {
        Exception why = ended.Refusal is { } refusal ? new ChatRefusedException(refusal, ended.Reason) : new ObjectDisposedException(nameof(ChatClient));
        if (ended.Refusal is not null) LastFault = why; // being stopped is no fault; whoever gave up wants to know over what
        _gate.End(why);
        _ready.TrySetException(why);
        _ = _ready.Task.Exception; // whoever waits is told; nobody has to
        _outgoing.End(why);
        _feeds.End(why);
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Debug, "A call on connection {Number} failed: {Why}")]
        public static partial void Failed(ILogger logger, int number, string why);
    }
}

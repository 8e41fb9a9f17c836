using System.Net.WebSockets;
using Chat.Client.Rules;
using Chat.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Client.Driving;

/// <summary>
/// Calls of users to the hub. One waits for a connection that is logged in, and where that breaks before the answer, a call that may be
/// repeated is made again on the next.
/// </summary>
internal sealed class Calls(Gate gate, Func<double> random, TimeProvider clock)
{
    /// <summary>How often a server that is busy, or cannot reach its storage, is asked before its refusal is handed on.</summary>
    private const int Tries = 5;

    public bool HaveEnded => gate.Opened.IsFaulted;

    /// <exception cref="ChatRefusedException">The server's refusal; <c>outcomeUnknown</c> where what may not be repeated got no answer.</exception>
    public async Task<T> Ask<T>(Func<IChatHub, Task<Answer<T>>> call, bool repeatable, CancellationToken cancel) where T : class =>
        (await AskWhere(call, repeatable, cancel).ConfigureAwait(false)).Value;

    /// <summary>The same, and over which connection it was answered.</summary>
    public async Task<(T Value, Link Link)> AskWhere<T>(Func<IChatHub, Task<Answer<T>>> call, bool repeatable, CancellationToken cancel) where T : class
    {
        for (var tries = 1; ; )
        {
            var link = await gate.Opened.WaitAsync(cancel).ConfigureAwait(false);
            var answer = await Call(call, link, cancel).ConfigureAwait(false);
            if (answer is { Ok: true, Value: { } value }) return (value, link);

            var refusal = answer?.Refusal ?? Refusal.OutcomeUnknown;
            if (answer is null && repeatable) await link.Gone.WaitAsync(cancel).ConfigureAwait(false);
            else if (repeatable && WillPass(refusal) && tries++ < Tries) await Wait(refusal, tries, cancel).ConfigureAwait(false);
            else throw new ChatRefusedException(refusal);
        }
    }

    /// <summary>Reads a page. Whoever reads on and on asks too often by nobody's mistake: that is waited out, each time as long as the server says.</summary>
    public async Task<T> Read<T>(Func<IChatHub, Task<Answer<T>>> call, CancellationToken cancel) where T : class
    {
        while (true)
        {
            try
            {
                return await Ask(call, repeatable: true, cancel).ConfigureAwait(false);
            }
            catch (ChatRefusedException tooOften) when (tooOften.Is(Refusal.RateLimited))
            {
                await Task.Delay(Backoff.After(tooOften.Refusal.RetryAfterMs, tries: 0, random()), clock, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells what is worth nothing later: over the present connection, or not at all. Whether it was heard is not told.</summary>
    public async Task Tell<T>(Func<IChatHub, Task<Answer<T>>> call, CancellationToken cancel) where T : class
    {
        if (gate.Opened is { IsCompletedSuccessfully: true } opened) await Call(call, await opened.ConfigureAwait(false), cancel).ConfigureAwait(false);
    }

    /// <summary>Null where the connection broke before the answer.</summary>
    private static async Task<Answer<T>?> Call<T>(Func<IChatHub, Task<Answer<T>>> call, Link link, CancellationToken cancel) where T : class
    {
        try
        {
            return await call(link.Hub(cancel)).WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested && IsOfTheConnection(fault))
        {
            return null;
        }
    }

    // SignalR tells a call that its connection ended in many ways, once even in the words of the server; what else fails is a fault of the call.
    private static bool IsOfTheConnection(Exception fault) => fault is IOException or OperationCanceledException or InvalidOperationException or TimeoutException
        or WebSocketException || fault is HubException && fault.Message.StartsWith("The server closed the connection", StringComparison.Ordinal);

    // A user who asks too much is told, to do something about it, unless it is for reading; these pass by themselves.
    private static bool WillPass(Refusal refusal) => refusal.Retryable && refusal.Code != Refusal.RateLimited.Code;

    private Task Wait(Refusal refusal, int tries, CancellationToken cancel) =>
        Task.Delay(Backoff.After(refusal.RetryAfterMs, tries - 2, random()), clock, cancel);
}

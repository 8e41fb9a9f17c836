using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Client;

/// <summary>The events of a connection as tasks; ask before the deed that should cause them.</summary>
internal static class Hearing
{
    public static Task<Exception?> Closes(this HubConnection connection) =>
        Once<Exception?>(heard => connection.Closed += error => Task.FromResult(heard(error)));

    public static Task<Exception?> Reconnects(this HubConnection connection) =>
        Once<Exception?>(heard => connection.Reconnecting += error => Task.FromResult(heard(error)));

    public static Task<string?> Returns(this HubConnection connection) =>
        Once<string?>(heard => connection.Reconnected += id => Task.FromResult(heard(id)));

    public static Task<string> Hears(this HubConnection connection, string method) =>
        Once<string>(heard => connection.On<string>(method, text => heard(text)));

    private static Task<T> Once<T>(Action<Func<T, bool>> listen)
    {
        TaskCompletionSource<T> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        listen(heard.TrySetResult);
        return heard.Task;
    }
}

using Chat.Client;
using Chat.Contracts;

namespace Chat.Tests.Client.Sdk;

/// <summary>Clients for tests: they come back twenty times as fast as those of people do.</summary>
internal static class Sdk
{
    public const string Password = "correct horse battery";

    /// <summary>For servers under more load than one user may make.</summary>
    public const string NoLimits = "--RateLimits:Enabled=false";

    public static ChatClientOptions Options(string url) => new() { Url = new(url), Random = () => -0.45 };

    public static ChatClient Client(string url) => new(Options(url));

    public static async Task<ChatClient> Register(string url, string userName)
    {
        var chat = Client(url);
        await chat.RegisterAsync(userName, Password).Soon();
        return chat;
    }

    /// <summary>Reads until so many have come.</summary>
    public static async Task<List<T>> First<T>(this IAsyncEnumerable<T> source, int count)
    {
        List<T> read = [];
        if (count == 0) return read;
        await foreach (var item in source)
        {
            read.Add(item);
            if (read.Count == count) break;
        }
        return read;
    }

    public static IEnumerable<string?> Texts(this IEnumerable<Message> messages) => messages.Select(message => message.Text);

    /// <summary>Ends when the client is in this state, now or later.</summary>
    public static async Task Becomes(this ChatClient chat, ChatState state)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = chat.OnState(now =>
        {
            if (now == state) reached.TrySetResult();
        });
        if (chat.State != state) await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}

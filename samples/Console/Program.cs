// The quick start of Chat.Client: CHAT_PASSWORD=… dotnet run --project samples/Console http://localhost:5080
using Chat.Client;

var url = args is [var given, ..] ? given : "http://localhost:5080";
var password = Environment.GetEnvironmentVariable("CHAT_PASSWORD") ?? throw new InvalidOperationException("Set CHAT_PASSWORD.");
using CancellationTokenSource stopping = new();
Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, stopping.CancelAsync());
var cancel = stopping.Token;

try
{
    await using var chat = new ChatClient(url);
    await chat.LogInAsync("ann", password);                       // also waits for a server that is not there yet
    var plans = await chat.StartConferenceAsync("Plans", ["bob", "cyd"]);
    var sent = await plans.SendAsync("hello from C#");            // returns when it is stored
    await foreach (var message in plans.MessagesAsync(cancel))    // the last ones, then live: in order, no gaps, no repeats
        Console.WriteLine($"{message.Seq} {message.Author.UserName}: {message.Text}");
}
catch (OperationCanceledException)
{
    // Ctrl-C is how this ends.
}

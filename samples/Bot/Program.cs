// A bot in an open conference: CHAT_PASSWORD=… dotnet run --project samples/Bot http://localhost:5080 standup
using BotSample;
using Chat.Client;

var (url, conference) = args is [var server, var name] ? (server, name) : throw new ArgumentException("Say URL and CONFERENCE.");
var password = Environment.GetEnvironmentVariable("CHAT_PASSWORD") ?? throw new InvalidOperationException("Set CHAT_PASSWORD.");
using CancellationTokenSource stopping = new();
Console.CancelKeyPress += (_, pressed) => (pressed.Cancel, _) = (true, stopping.CancelAsync());

try
{
    await using var chat = new ChatClient(url);
    await chat.LogInAsync(Environment.GetEnvironmentVariable("CHAT_USER") ?? "bot", password, stopping.Token);
    MentionBot bot = new(chat, await chat.JoinConferenceAsync(conference, stopping.Token));
    Console.WriteLine($"{chat.Me.UserName} answers in #{conference}.");
    await bot.RunAsync(stopping.Token);
}
catch (OperationCanceledException)
{
    // Ctrl-C is how this ends.
}

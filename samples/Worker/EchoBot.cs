using Chat.Client;
using Chat.Contracts;

namespace WorkerSample;

/// <summary>Answers "!echo …" with what follows, wherever it is a member.</summary>
internal sealed class EchoBot(ChatClient chat, IConfiguration configuration, ILogger<EchoBot> logger) : BackgroundService
{
    private const string Command = "!echo ";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var errors = chat.OnError(fault => Log.Failed(logger, fault));
        using var messages = chat.OnMessage(Answer);
        await chat.LogInAsync(configuration["CHAT_USER"] ?? "echo", configuration["CHAT_PASSWORD"] ?? "", stoppingToken);
        Log.Listening(logger, chat.Me.UserName);
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }

    private async Task Answer(ChatConversation conversation, Message message)
    {
        if (message.Author.User == chat.Me.User || message.Text?.StartsWith(Command, StringComparison.Ordinal) is not true) return;
        await conversation.SendAsync(new NewMessage(message.Text[Command.Length..]) { ReplyTo = message.Seq });
    }
}

namespace Chat.Server.Messages;

internal static class MessagesSetup
{
    public static void AddMessages(this IHostApplicationBuilder builder) => builder.Services
        .AddSingleton<Messenger>()
        .AddSingleton<Amender>()
        .AddSingleton<Reactions>()
        .AddSingleton<History>()
        .AddSingleton<ReadMarks>()
        .AddSingleton<TypingNotices>()
        .AddSingleton<Announcements>();
}

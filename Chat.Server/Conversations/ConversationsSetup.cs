using Microsoft.Extensions.Options;

namespace Chat.Server.Conversations;

internal static class ConversationsSetup
{
    public static void AddConversations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<ConversationOptions>, ConversationOptionsValidator>();
        builder.Services.AddOptions<ConversationOptions>().BindConfiguration(ConversationOptions.Section).ValidateOnStart();

        builder.Services.AddSingleton<Roster>();
        builder.Services.AddSingleton<MemberReader>();
        builder.Services.AddSingleton<ConversationReader>();
        builder.Services.AddSingleton<Founding>();

        builder.Services.AddSingleton<PrivateChats>();
        builder.Services.AddSingleton<Conferences>();
        builder.Services.AddSingleton<Invitations>();
        builder.Services.AddSingleton<ConversationList>();
        builder.Services.AddSingleton<MemberList>();
        builder.Services.AddSingleton<OpenConferences>();
        builder.Services.AddSingleton<Departures>();
        builder.Services.AddSingleton<Roles>();
        builder.Services.AddSingleton<OwnSettings>();
    }
}

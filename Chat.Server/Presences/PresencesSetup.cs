using Chat.Server.Delivery;
using Microsoft.Extensions.Options;

namespace Chat.Server.Presences;

internal static class PresencesSetup
{
    public static void AddPresences(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PresenceOptions>().BindConfiguration(PresenceOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PresenceOptions>, PresenceOptionsValidator>();
        builder.Services.AddSingleton<PresenceBoard>();
        builder.Services.AddSingleton<Choices>();
        builder.Services.AddSingleton<HearProfile>(services => services.GetRequiredService<Choices>().LookAgain);
        builder.Services.AddSingleton<Sight>();
        builder.Services.AddHostedService<PresenceTeller>();
    }
}

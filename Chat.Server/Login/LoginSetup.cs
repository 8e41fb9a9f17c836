using Chat.Server.Delivery;
using Microsoft.Extensions.Options;

namespace Chat.Server.Login;

internal static class LoginSetup
{
    public static void AddLogin(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LoginOptions>().BindConfiguration(LoginOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LoginOptions>, LoginOptionsValidator>();
        builder.Services.AddSingleton<EndConnections>(services => services.GetRequiredService<Connections>().End);
        builder.Services.AddSingleton<EndAllConnections>(services => services.GetRequiredService<Connections>().End);
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<Attempts>();
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddSingleton<Entrance>();
        builder.Services.AddSingleton<PasswordChange>();
        builder.Services.AddSingleton<Deactivation>();
        builder.Services.AddHostedService<SessionExpiry>();
    }
}

using Microsoft.Extensions.Options;

namespace Chat.Server.Login;

internal static class LoginSetup
{
    /// <summary>Needs an <see cref="EndConnections"/> from whoever holds the connections.</summary>
    public static void AddLogin(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LoginOptions>().BindConfiguration(LoginOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<LoginOptions>, LoginOptionsValidator>();
        builder.Services.AddSingleton<Passwords>();
        builder.Services.AddSingleton<Attempts>();
        builder.Services.AddSingleton<Sessions>();
        builder.Services.AddSingleton<Entrance>();
        builder.Services.AddSingleton<PasswordChange>();
        builder.Services.AddSingleton<Deactivation>();
        builder.Services.AddHostedService<SessionExpiry>();
    }
}

using Chat.Server.Transcripts;

namespace Chat.Server.Users;

internal static class UsersSetup
{
    public static void AddUsers(this IHostApplicationBuilder builder)
    {
        var administrators = builder.Configuration.GetSection("Administrators").Get<string[]>() ?? [];

        builder.Services.AddOptions<UsersOptions>().BindConfiguration(UsersOptions.Section)
            .Validate(_ => administrators.All(name => UserNames.Fold(name) is not null), $"Administrators has what is no user name: {string.Join(", ", administrators)}.")
            .ValidateOnStart();
        builder.Services.AddSingleton(services => new Administrators(administrators, services.GetRequiredService<People>()));
        builder.Services.AddSingleton<ProfileReader>();
        builder.Services.AddSingleton<ProfileTeller>();
        builder.Services.AddSingleton<Registration>();
        builder.Services.AddSingleton<UserDirectory>();
        builder.Services.AddSingleton<Profiles>();
        builder.Services.AddSingleton<Blocks>();
    }
}

using Microsoft.Extensions.Options;

namespace Chat.Server.Transcripts;

internal static class TranscriptsSetup
{
    public static void AddTranscripts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LobbyOptions>().BindConfiguration(LobbyOptions.Section);
        builder.Services.AddSingleton(services => new LobbySwitch(services.GetRequiredService<IOptions<LobbyOptions>>().Value.Enabled));
        builder.Services.AddSingleton<Transcript>();
        builder.Services.AddSingleton<Memberships>();
        builder.Services.AddSingleton<People>();
        builder.Services.AddSingleton<EntryReader>();
    }
}

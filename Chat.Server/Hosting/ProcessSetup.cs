namespace Chat.Server.Hosting;

internal static class ProcessSetup
{
    public static void AddProcess(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ProcessOptions>().BindConfiguration(ProcessOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<ProcessOptions>, ProcessOptionsValidator>();
        builder.Services.AddSingleton<Draining>();
        builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
        // After the drain there is nothing left that deserves waiting for: 10 s and these 4 s end well within 15 s.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(4));
        builder.Host.UseDefaultServiceProvider(container => (container.ValidateScopes, container.ValidateOnBuild) = (true, true));
    }
}

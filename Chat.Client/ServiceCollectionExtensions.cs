using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Client;

/// <summary>How a program with dependency injection gets its <see cref="ChatClient"/>.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="ChatClient"/> for the whole program, with the program's logging and, where one is registered, its
    /// <see cref="TimeProvider"/>. It connects when somebody logs in, and is disposed with the program.
    /// </summary>
    /// <param name="services">Those of the program.</param>
    /// <param name="configure">Has to set <see cref="ChatClientOptions.Url"/>.</param>
    public static IServiceCollection AddChatClient(this IServiceCollection services, Action<ChatClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        return services.AddSingleton(program =>
        {
            ChatClientOptions options = new();
            if (program.GetService<ILoggerFactory>() is { } logging) options.LoggerFactory = logging;
            if (program.GetService<TimeProvider>() is { } clock) options.Clock = clock;
            configure(options);
            return new ChatClient(options);
        });
    }
}

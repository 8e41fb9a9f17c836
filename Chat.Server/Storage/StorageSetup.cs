using System.Data.Common;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Server.Storage;

internal static class StorageSetup
{
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();

        // By factories, so that the container closes them: last of all, because everything that needs them was made after them.
        builder.Services.AddSingleton(_ => DataFolder.Of(builder.Configuration));
        builder.Services.AddSingleton(Open);
        builder.Services.AddHostedService<OpenBeforeListening>();
    }

    // A container makes its parts without waiting. It waits here, once, before anybody is served.
    private static Database Open(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        Dialect dialect = options.Provider == StorageOptions.Postgres ? new PostgresDialect(options.ConnectionString!) : Sqlite(services.GetRequiredService<DataFolder>());
        try
        {
            return Database.Open(dialect, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<Database>>())
                .GetAwaiter().GetResult();
        }
        catch (DbException exception)
        {
            throw new StartRefused($"The database {dialect.Place} cannot be opened: {exception.Message}", exception);
        }
    }

    private static SqliteDialect Sqlite(DataFolder data)
    {
        data.Hold();
        data.CheckPrivate();
        return new(data.DatabaseFile);
    }

    /// <summary>Opens and migrates the database before any part of the server starts, whether or not one asks for it.</summary>
    private sealed class OpenBeforeListening(IServiceProvider services) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<Database>();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

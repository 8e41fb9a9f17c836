using Chat.Server.Storage;

namespace Chat.Server.Hosting;

/// <summary>
/// Where settings come from, the later winning over the earlier: the defaults, appsettings.json beside the program, the environment
/// (<c>CHAT_Section__Key</c>) and the command line. Nothing else is looked at, so that a server starts the same wherever it is started.
/// </summary>
internal static class Settings
{
    private const string File = "appsettings.json";
    private const string Prefix = "CHAT_";

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        [KnownSettings.Urls] = "http://localhost:5080",
        [KnownSettings.Data] = DataFolder.Default,
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
    };

    /// <summary>A builder that has nothing in it but the settings, checked. Throws <see cref="Mistake"/>.</summary>
    public static WebApplicationBuilder NewBuilder(string[] args)
    {
        KnownSettings known = new();
        var commandLine = CommandLine.Parse(args, known);
        return NewBuilder(known, settings => settings
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, File), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables(Prefix)
            .AddInMemoryCollection(commandLine));
    }

    /// <summary>The same for a server inside another program, whose file and environment are about something else. Throws <see cref="Mistake"/>.</summary>
    public static WebApplicationBuilder NewBuilder(IReadOnlyDictionary<string, string?> given) =>
        NewBuilder(new(), settings => settings.AddInMemoryCollection(given));

    private static WebApplicationBuilder NewBuilder(KnownSettings known, Action<IConfigurationBuilder> add)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(Settings).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        var frameworks = builder.Configuration.Sources.Count;
        try
        {
            builder.Configuration.AddInMemoryCollection(Defaults);
            add(builder.Configuration);
        }
        catch (InvalidDataException exception)
        {
            throw Mistake.InSettings($"{File} cannot be read: {(exception.InnerException ?? exception).Message}", exception);
        }

        foreach (var source in ((IConfigurationRoot)builder.Configuration).Providers.Skip(frameworks)) CheckNames(source, known);
        known.CheckTypes(builder.Configuration);
        Addresses.Check(builder.Configuration);
        return builder;
    }

    private static void CheckNames(IConfigurationProvider source, KnownSettings known)
    {
        foreach (var name in NamesIn(source, null))
        {
            // The command-line chat has CHAT_URL, CHAT_TOKEN and CHAT_WAIT: a variable without a section may not be meant for the server.
            if (known.Has(name) || (source is Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationProvider && !name.Contains(':'))) continue;
            throw Mistake.InSettings($"There is no setting {name}: did you mean {Nearest.To(name, known.Names)}?");
        }
    }

    private static IEnumerable<string> NamesIn(IConfigurationProvider source, string? parent)
    {
        foreach (var key in source.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var name = parent is null ? key : $"{parent}:{key}";
            if (source.TryGet(name, out var value) && value is not null) yield return name;
            foreach (var below in NamesIn(source, name)) yield return below;
        }
    }
}

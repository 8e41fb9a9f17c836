using System.Reflection;

namespace Chat.Server.Hosting;

/// <summary>What may be typed: <c>--help</c>, <c>--version</c>, and every setting as <c>--Section:Key VALUE</c> or <c>--Section:Key=VALUE</c>.</summary>
internal static class CommandLine
{
    private const string Help = "--help";
    private const string ShowVersion = "--version";

    public static string Version { get; } = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>What to print instead of starting; null where the server is to start.</summary>
    public static string? TextInstead(string[] args)
    {
        if (args.Contains(Help) || args.Contains("-h")) return HelpText;
        return args.Contains(ShowVersion) ? $"Chat {Version}" : null;
    }

    /// <summary>The settings among the arguments. Throws <see cref="Mistake"/>.</summary>
    public static Dictionary<string, string?> Parse(string[] args, KnownSettings known)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = Split(args[i]);
            if (name is null || !known.Has(name)) throw Mistake.OfUsage($"Unknown option {args[i].Split('=')[0]}: did you mean {Meant(args[i], known)}?"); // not its value, which may be a password
            if (value is null && i + 1 < args.Length && Split(args[i + 1]).Name is null) value = args[++i];
            settings[name] = value ?? (known.IsSwitch(name) ? "true" : throw Mistake.OfUsage($"The option {args[i]} needs a value: did you mean {Help}?"));
        }
        return settings;
    }

    private static (string? Name, string? Value) Split(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal)) return (null, null);
        var parts = arg[2..].Split('=', 2);
        return (parts[0], parts.Length == 2 ? parts[1] : null);
    }

    private static string Meant(string arg, KnownSettings known) =>
        Nearest.Within(2, arg.Split('=')[0], [Help, ShowVersion, .. known.Names.Select(OptionOf)]) ?? Help;

    private static string OptionOf(string name) => name.Contains(':') ? $"--{name}" : $"--{name.ToLowerInvariant()}";

    private static string HelpText => $"""
        Chat {Version}, a chat server.

          --urls URL         where to listen; several are separated by ';' (http://localhost:5080)
          --data FOLDER      where everything is kept ({Storage.DataFolder.Default})
          --version          prints the version
          --help             prints this

        Every setting can be given as --Section:Key VALUE, as CHAT_Section__Key in the environment
        (CHAT_Urls, CHAT_Data) and in appsettings.json beside the program:

          {string.Join(Environment.NewLine + "  ", new KnownSettings().Names.Where(name => name.Contains(':')).Order(StringComparer.Ordinal))}

        Ends with 0 when it was asked to stop, {ExitCode.Usage} for a mistake on the command line, {ExitCode.Unavailable} when an address cannot
        be had or the data folder is in use, {ExitCode.Storage} when the storage cannot be used, {ExitCode.Configuration} for a wrong setting, {ExitCode.Broken} when
        it is broken, 130 when it was told a second time to stop.
        """;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Cli.Accounts;

/// <summary>Where the last log-in is kept, for its owner's eyes alone: <c>$XDG_CONFIG_HOME/signalrchat/credentials.json</c>, else below <c>~/.config</c>.</summary>
internal static class CredentialsFile
{
    private const UnixFileMode OwnFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Null where nobody logged in, or there is no home.</summary>
    /// <exception cref="Mistake">The file is there and cannot be understood.</exception>
    public static Credentials? Read()
    {
        if (Path is not { } path || !File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), CredentialsJson.Default.Credentials) is { Url: not null, Token: not null } kept ? kept : throw Broken(path);
        }
        catch (JsonException)
        {
            throw Broken(path);
        }
    }

    /// <summary>All of it or nothing: it is written beside the old one and takes its place when it is complete.</summary>
    public static void Write(Credentials credentials)
    {
        var path = Path ?? throw NoHome();
        var folder = MakeFolder(System.IO.Path.GetDirectoryName(path)!);
        var beside = System.IO.Path.Combine(folder, $".credentials-{Guid.NewGuid():N}");
        try
        {
            FileStreamOptions own = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) own.UnixCreateMode = OwnFile;
            using (FileStream file = new(beside, own))
            {
                JsonSerializer.Serialize(file, credentials, CredentialsJson.Default.Credentials);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Before a session is begun that could not be kept.</summary>
    /// <exception cref="Mistake">There is no home.</exception>
    public static void RequirePlace() => _ = Path ?? throw NoHome();

    public static void Delete()
    {
        if (Path is { } path) File.Delete(path);
    }

    private static string? Path
    {
        get
        {
            var home = Environment.GetEnvironmentVariable(OperatingSystem.IsWindows() ? "APPDATA" : "HOME");
            // A relative one is to be passed over, says the specification.
            var folder = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { } set && System.IO.Path.IsPathFullyQualified(set) ? set
                : home is { Length: > 0 } ? (OperatingSystem.IsWindows() ? home : System.IO.Path.Combine(home, ".config"))
                : null;
            return folder is null ? null : System.IO.Path.Combine(folder, "signalrchat", "credentials.json");
        }
    }

    private static string MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(folder).FullName;
        Directory.CreateDirectory(folder, OwnFolder);
        File.SetUnixFileMode(folder, OwnFolder); // it may have been there, for more eyes than the owner's
        return folder;
    }

    private static Mistake Broken(string path) => new(ExitCode.Failed, $"{path} cannot be understood: log in again.");

    private static Mistake NoHome() => new(ExitCode.Failed, "There is no home directory to keep the session in: set XDG_CONFIG_HOME, or use CHAT_URL and CHAT_TOKEN.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Credentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;

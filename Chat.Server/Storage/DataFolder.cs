namespace Chat.Server.Storage;

/// <summary>The one folder under which the server writes; what it makes there is readable by its owner alone.</summary>
internal sealed class DataFolder(string folder) : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private FileStream? _hold;

    /// <summary>The platform's place for an application's own data; empty where there is no home.</summary>
    public static string Default { get; } =
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home
            ? Path.Combine(home, "SignalRChat")
            : "";

    public string Folder { get; } = Path.GetFullPath(folder);

    public string DatabaseFile => Path.Combine(Folder, "chat.db");

    /// <summary>The folder that the settings name. Throws <see cref="StartRefused"/> where they name none.</summary>
    public static DataFolder Of(IConfiguration configuration) =>
        configuration["Data"] is { Length: > 0 } named ? new(named) : throw new StartRefused("There is no home folder to keep data in: name a folder with --data FOLDER.");

    /// <summary>Throws <see cref="StartRefused"/>.</summary>
    public void Make()
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Folder);
            else Directory.CreateDirectory(Folder, Owner | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The data folder {Folder} cannot be made ({exception.Message}): name another with --data FOLDER.", exception);
        }
    }

    /// <summary>
    /// Keeps every other server out until disposed, or until the process ends in whatever way: two servers on one SQLite file would not hear of each other's messages.
    /// Throws <see cref="DataFolderInUse"/>, <see cref="StartRefused"/>.
    /// </summary>
    public void Hold()
    {
        if (_hold is not null) return;
        Make();
        var file = Path.Combine(Folder, "chat.lock");
        FileStreamOptions alone = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) alone.UnixCreateMode = Owner;
        try
        {
            _hold = File.Open(file, alone);
        }
        catch (IOException exception) when (File.Exists(file))
        {
            throw new DataFolderInUse(Folder, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused($"The data folder {Folder} cannot be written to ({exception.Message}): name another with --data FOLDER.", exception);
        }
    }

    /// <summary>Refuses a database that strangers on this machine could read or write. Throws <see cref="StartRefused"/>.</summary>
    public void CheckPrivate()
    {
        const UnixFileMode others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows() || !File.Exists(DatabaseFile) || (File.GetUnixFileMode(DatabaseFile) & others) == 0) return;
        throw new StartRefused($"The database {DatabaseFile} can be read by everybody on this machine: chmod 600 it first.");
    }

    public void Dispose() => _hold?.Dispose();
}

/// <summary>Another server works on this data folder.</summary>
internal sealed class DataFolderInUse(string folder, Exception cause)
    : Exception($"The data folder {folder} is in use by another server: stop that one, or start this one with --data FOLDER and --urls URL of its own.", cause);

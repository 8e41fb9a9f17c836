using Chat.Contracts;

namespace Chat.Tests.Faults.Power;

/// <summary>One line of the log that a recording keeps: what was done to the files of one folder, and what was said about it, in order.</summary>
internal abstract record Happening
{
    /// <summary>The folder has this name now. Names come back after a cut only once the folder was synchronised.</summary>
    public sealed record Made(StoredFile File) : Happening;

    public sealed record Removed(StoredFile File) : Happening;

    public sealed record Written(StoredFile File, long Offset, byte[] Bytes) : Happening;

    public sealed record Truncated(StoredFile File, long Length) : Happening;

    /// <summary>What was done to the file's content before the given line is on the disk.</summary>
    public sealed record Synced(StoredFile File, int Before) : Happening;

    /// <summary>The same for the names in the folder.</summary>
    public sealed record FolderSynced(int Before) : Happening;

    /// <summary>A user was made, which was answered.</summary>
    public sealed record Registered(UserId User) : Happening;

    /// <summary>A draft was sent; what becomes of it is not known yet.</summary>
    public sealed record Sent(Letter Letter) : Happening;

    /// <summary>It was answered with this place. From here on it may not be lost.</summary>
    public sealed record Acknowledged(Letter Letter, long Seq) : Happening;
}

/// <summary>A file, whatever it is called and whether or not it still has a name.</summary>
internal sealed record StoredFile(string Name, int Number);

/// <summary>A draft of a message, or of the deletion of one.</summary>
internal sealed record Letter(UserId Author, SendMessage? Message, DeleteMessage? Deletion)
{
    public ClientMessageId Id => Message?.ClientMessageId ?? Deletion!.ClientMessageId;
}

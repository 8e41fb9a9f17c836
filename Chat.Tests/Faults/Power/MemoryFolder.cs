namespace Chat.Tests.Faults.Power;

/// <summary>A folder that costs no disk where the machine has such a place, gone afterwards.</summary>
internal sealed class MemoryFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public string Path { get; } = Directory.Exists(Memory)
        ? Directory.CreateDirectory(System.IO.Path.Combine(Memory, $"chat-{Guid.NewGuid():N}")).FullName
        : Directory.CreateTempSubdirectory("chat-").FullName;

    public string Database => System.IO.Path.Combine(Path, "chat.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

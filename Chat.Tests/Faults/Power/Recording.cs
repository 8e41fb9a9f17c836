using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Tests.Support;

namespace Chat.Tests.Faults.Power;

/// <summary>Writers at work from the first opening of a new database to its closing, with what they did to the disk.</summary>
internal static class Recording
{
    private const int Writers = 6;
    private const int LettersEach = 50;
    private const int LongestText = 6_000;

    public static async Task<IReadOnlyList<Happening>> Make(int seed, Func<string, Dialect> dialect)
    {
        using MemoryFolder folder = new();
        var log = RecordingFileSystem.Watch(folder.Path);
        await using (var rooms = await Rooms.Open(dialect(folder.Database)))
        {
            List<UserId> authors = [];
            while (authors.Count < Writers)
            {
                authors.Add(await TestUsers.Add(rooms.Database, TimeProvider.System, $"writer-{authors.Count}"));
                log.Add(new Happening.Registered(authors[^1]));
            }
            var writing = Task.WhenAll(authors.Select((author, number) => Task.Run(() => Write(rooms, log, author, new(seed + number)))));
            while (!writing.IsCompleted) await rooms.Everything(); // who reads is in the way of checkpoints
            await writing;
        }
        RecordingFileSystem.Forget(folder.Path);
        return log.Happened;
    }

    private static async Task Write(Rooms rooms, DiskLog log, UserId author, Random random)
    {
        List<long> own = [];
        for (var number = 0; number < LettersEach; number++)
        {
            var letter = own.Count > 0 && random.Next(10) == 0 ? Deletion(author, own[random.Next(own.Count)]) : Message(author, random);
            log.Add(new Happening.Sent(letter));
            var receipt = (await rooms.Send(letter)).Value!;
            log.Add(new Happening.Acknowledged(letter, receipt.Seq));
            if (letter.Message is not null) own.Add(receipt.Seq);
            else own.Remove(letter.Deletion!.Seq);
        }
    }

    private static Letter Message(UserId author, Random random)
    {
        SendMessage message = new() { Conversation = Lobby.Id, ClientMessageId = NewId(), Text = $"{random.Next()} {new string('x', random.Next(LongestText))}" };
        return new(author, message, null);
    }

    private static Letter Deletion(UserId author, long seq) =>
        new(author, null, new() { Conversation = Lobby.Id, ClientMessageId = NewId(), Seq = seq });

    private static ClientMessageId NewId() => ClientMessageId.New(TimeProvider.System);
}

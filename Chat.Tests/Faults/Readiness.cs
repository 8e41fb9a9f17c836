using System.Diagnostics;
using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Chat.Tests.Faults;

/// <summary>
/// Killed with a large database and much in its write-ahead log that is not in the file yet. CHAT_FAULT_MESSAGES says how many there are
/// (100,000), of which a twentieth is in the log.
/// </summary>
[Trait("Database", "sqlite")]
public sealed class Readiness(ITestOutputHelper output)
{
    [Fact]
    public async Task It_starts_again_and_goes_on_where_it_was()
    {
        var messages = Size.Of("CHAT_FAULT_MESSAGES", 100_000);
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        var ann = await Guest.Register(server.Url, "ann");
        await ann.DisposeAsync(); // nobody listens while rows are made
        var file = Path.Combine(server.DataFolder, "chat.db");
        Fill(file, ann.Session.Me.User, upTo: messages - messages / 20, "PRAGMA wal_checkpoint(TRUNCATE)");
        Fill(file, ann.Session.Me.User, upTo: messages, "");
        var log = new FileInfo($"{file}-wal").Length;

        server.Kill();
        var began = Stopwatch.GetTimestamp();
        await server.Restart();
        var ready = Stopwatch.GetElapsedTime(began);
        await using var back = await Guest.Resume(server.Url, ann.Session.Token!);
        var sent = await back.Send(ann.Session.Lobby!.Value, "and on");
        var answered = Stopwatch.GetElapsedTime(began);

        output.Tell($"ready again after kill -9 with {messages} messages, {log / 1_000_000} MB of them in the write-ahead log: {ready.TotalSeconds:0.0} s from the start of the process, first message stored after {answered.TotalSeconds:0.0} s");
        log.Should().BePositive("else there was nothing to mend");
        sent.Value!.Seq.Should().Be(messages + 1);
        var page = await back.Must<TranscriptPage>(nameof(IChatHub.ReadTranscript), new ReadTranscript { Conversation = ann.Session.Lobby!.Value, After = messages - 10, Limit = 20 });
        page.Entries.Select(entry => entry.Seq).Should().Equal(Enumerable.Range(messages - 9, 11).Select(seq => (long)seq));
    }

    // As another connection beside the server's, so that closing it empties no log.
    private static void Fill(string file, UserId author, int upTo, string afterwards)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            PRAGMA wal_autocheckpoint = 0;
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -500000;
            BEGIN IMMEDIATE;
            WITH RECURSIVE n (seq) AS (SELECT head + 1 FROM transcript WHERE id = 'lobby' UNION ALL SELECT seq + 1 FROM n WHERE seq < @to)
            INSERT INTO entry (transcript_id, seq, kind, author_id, sent_at, client_message_id, fingerprint, body)
            SELECT 'lobby', seq, 'Message', @author, seq, printf('%032x', seq), hex(randomblob(22)), json_object('text', 'This is message ' || seq || ' of very many.') FROM n;
            UPDATE transcript SET head = @to, last_at = @to WHERE id = 'lobby';
            COMMIT;
            {afterwards}
            """;
        command.Parameters.AddWithValue("@to", upTo);
        command.Parameters.AddWithValue("@author", author.Value);
        command.ExecuteNonQuery();
    }
}

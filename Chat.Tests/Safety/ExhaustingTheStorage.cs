using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>J: the database busy, full, or holding more than anybody has.</summary>
internal static class ExhaustingTheStorage
{
    private static readonly ConversationId Newest = new("c1");

    public static readonly Abuse[] Rows =
    [
        new("J4: many come back to many conversations", 20_000, 500_000, ManyCursors)
        {
            Settings = [.. Relaxed.Settings, "--Delivery:ConnectionsPerUser=2000"],
            Preparation = abused => Fill(abused, conversations: 500, messages: 2, inOne: abused.Size / 2),
        },
        new("J6: the database is held for five seconds", 5, 30, DatabaseHeld),
        new("J9: one with very many conversations", 20_000, 100_000, abused => FirstPages(abused, abused.Size)) { Preparation = abused => Fill(abused, conversations: abused.Size, messages: 1, inOne: 0) },
        new("J9: a conversation with very many messages", 100_000, 1_000_000, abused => FirstPages(abused, conversations: 5)) { Preparation = abused => Fill(abused, conversations: 5, messages: 1, inOne: abused.Size) },
        .. TestStorage.Usual == StorageOptions.Sqlite ? new Abuse[] { new("J7: the disk is full", 1, 1, DiskFull) } : [],
    ];

    private static async Task Fill(Abused abused, int conversations, int messages, int inOne)
    {
        var one = await abused.Register("reader");
        var other = await abused.Register("writer");
        await using var database = await abused.OpenDatabase();
        await Plenty.Conferences(database, conversations, messages, one.Me.User, other.Me.User);
        if (inOne > 0) await Plenty.Messages(database, Newest, other.Me.User, inOne);
        if (TestStorage.Usual == StorageOptions.Postgres) await database.Write(sql => sql.Change("ANALYZE")); // as its autovacuum would have done within a minute
    }

    private static async Task ManyCursors(Abused abused)
    {
        var readers = await LogIn(abused, "reader", devices: abused.Size / 200);
        var have = Enumerable.Range(1, 500).ToDictionary(number => new ConversationId($"c{number}"), _ => 1L);

        var answers = await abused.Time($"{readers.Count} resynced", () => Task.WhenAll(readers.Select(reader => reader.Get<ResyncResult>(new Resync { Epoch = reader.Session.Epoch, Have = have }))));

        answers.Should().OnlyContain(answer => answer.Conversations.Count == 500);
        var longest = answers.Select(answer => answer.Conversations.Single(one => one.Conversation == Newest)).ToList();
        longest.Should().OnlyContain(one => one.Skipped != null && one.From == one.Head - Limits.ResyncTail + 1, "who is far behind is told what was left out");
        foreach (var reader in readers) await Eventually.Is(() => EntriesHeard(reader) >= (499 * 2) + Limits.ResyncTail, "all of the rest is told", TimeSpan.FromMinutes(2));
        abused.Memory.Should().BeLessThan(1_000L * 1024 * 1024);
        await Abused.Close(readers);
    }

    private static async Task DatabaseHeld(Abused abused)
    {
        var reader = await abused.Resume(await abused.Register("reader"));
        var notebook = await reader.ChatWith("reader");
        var dialect = abused.NewDialect();
        await using (var connection = await dialect.Open(CancellationToken.None))
        await using (var held = await dialect.Begin(connection, CancellationToken.None))
        {
            var holding = Hold(connection, held, abused.Size);
            List<string> refusals = [];
            while (!holding.IsCompleted)
            {
                var answer = await abused.Time("a send meanwhile", () => reader.Ask(new SendMessage { Conversation = notebook, ClientMessageId = Visitor.Draft(), Text = "now?" }));
                if (answer.Outcome != "ok") refusals.Add(answer.Outcome);
                await reader.Do(new ReadTranscript { Conversation = notebook });
            }
            await holding;
            refusals.Should().NotBeEmpty().And.OnlyContain(refusal => refusal == "serverBusy");
        }

        await Eventually.Is(async () => (await reader.Ask(new SendMessage { Conversation = notebook, ClientMessageId = Visitor.Draft(), Text = "now!" })).Outcome == "ok", "it goes on by itself");
        await reader.DisposeAsync();
    }

    // PostgreSQL would throw out who holds it and says nothing; there it is the statement that takes so long.
    private static async Task Hold(System.Data.Common.DbConnection connection, System.Data.Common.DbTransaction held, int seconds)
    {
        if (TestStorage.Usual == StorageOptions.Sqlite) await Task.Delay(TimeSpan.FromSeconds(seconds));
        else
        {
            await using var command = connection.CreateCommand();
            command.Transaction = held;
            command.CommandText = $"SET LOCAL statement_timeout = 0; SELECT pg_sleep({seconds})";
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>No file of the server may grow any more: to SQLite that is the same as no room on the disk.</summary>
    private static async Task DiskFull(Abused abused)
    {
        var writer = await abused.Resume(await abused.Register("writer"));
        var notebook = await writer.ChatWith("writer");
        List<long> stored = [(await writer.Say(notebook, "before")).Seq];
        ProcessLimits.Set(abused.Server.Id, ProcessLimits.FileSize, new FileInfo(abused.DatabaseFile + "-wal").Length);
        RawAnswer answer;
        do
        {
            answer = await writer.Ask(new SendMessage { Conversation = notebook, ClientMessageId = Visitor.Draft(), Text = new('x', 16_000) });
            if (answer.Outcome == "ok") stored.Add(answer.As<Receipt>().Seq); // there may be some room left in the log
        }
        while (answer.Outcome == "ok");

        answer.Outcome.Should().Be("storageUnavailable");
        (await writer.Get<TranscriptPage>(new ReadTranscript { Conversation = notebook, Limit = 200 })).Entries.OfType<Message>().Should().NotBeEmpty("it can be read as ever");
        ProcessLimits.Set(abused.Server.Id, ProcessLimits.FileSize, null);

        await Eventually.Is(async () => (await writer.Ask(new SendMessage { Conversation = notebook, ClientMessageId = Visitor.Draft(), Text = "after" })).Outcome == "ok", "it goes on by itself");
        await using var database = await abused.OpenDatabase();
        (await database.Read(sql => sql.One("PRAGMA integrity_check", row => row.GetString(0)))).Should().Be("ok");
        var seqs = await database.Read(sql => sql.Query("SELECT seq FROM entry WHERE transcript_id = @notebook ORDER BY seq", row => row.GetInt64(0), ("notebook", notebook)));
        seqs.Should().Equal(Enumerable.Range(1, seqs.Count).Select(seq => (long)seq)).And.Contain(stored);
        await writer.DisposeAsync();
    }

    private static async Task FirstPages(Abused abused, int conversations)
    {
        await using var first = await RawConnection.Open(abused.Url);
        var session = await abused.Time("log-in", () => LogIn(first, "reader"));
        var reader = await abused.Time("resume beside it", () => abused.Resume(session));
        await reader.DisposeAsync();
        reader = await abused.Time("resume", () => abused.Resume(session));

        await abused.Time("first page of the list, the first of this server", () => reader.Get<ConversationPage>(new ListConversations()));
        var list = await abused.Time("first page of the list", () => reader.Get<ConversationPage>(new ListConversations()));
        var page = await abused.Time("first page of the transcript", () => reader.Get<TranscriptPage>(new ReadTranscript { Conversation = Newest }));
        var old = await abused.Time("a page in its middle", () => reader.Get<TranscriptPage>(new ReadTranscript { Conversation = Newest, Before = (page.Head / 2) + 1 }));
        var resynced = await abused.Time("resync", () => reader.Get<ResyncResult>(new Resync { Epoch = reader.Session.Epoch, Have = new Dictionary<ConversationId, long> { [Newest] = 1 }, InboxSeq = 0 }));

        list.Items.Should().HaveCount(Math.Min(50, conversations + 1), "the Lobby is in it");
        page.Entries[^1].Seq.Should().Be(page.Head);
        old.To.Should().Be(page.Head / 2);
        resynced.Conversations.Single().Head.Should().Be(page.Head);
        await reader.DisposeAsync();
    }

    private static int EntriesHeard(Visitor reader)
    {
        var heard = reader.Connection.Events.Where(heard => heard.Name == nameof(IChatClient.EntriesAppended)).Sum(heard => heard.Argument.Split("\"seq\":").Length - 1);
        return reader.Connection.IsClosed ? throw new IOException($"The connection was closed after {heard} entries. {reader.Connection.Goodbye}") : heard;
    }

    private static async Task<Session> LogIn(RawConnection connection, string userName) =>
        (await connection.Ask(new LogIn { UserName = userName, Password = Visitor.Password })).As<Session>();

    private static async Task<List<Visitor>> LogIn(Abused abused, string userName, int devices)
    {
        await using var connection = await RawConnection.Open(abused.Url);
        var session = await LogIn(connection, userName);
        return [.. await Task.WhenAll(Enumerable.Range(0, devices).Select(_ => abused.Resume(session)))];
    }
}

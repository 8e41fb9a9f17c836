using Chat.Contracts;
using Chat.Server.Messages;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Tests.Support;

namespace Chat.Tests.Transcripts;

/// <summary>The promises of the <see cref="Transcript"/>, on every database and with two nodes writing to it.</summary>
public abstract class TranscriptSpec(string provider) : IAsyncLifetime
{
    private TestDatabase _store = null!;
    private Database _another = null!;
    private UserId _ann;
    private ConversationId _plans;

    public async Task InitializeAsync()
    {
        _store = await TestDatabase.Open(provider);
        _another = await _store.OpenAgain();
        _ann = await TestUsers.Add(_store, "ann");
        _plans = await TestUsers.AddConference(_store, _ann);
    }

    public async Task DisposeAsync()
    {
        await _another.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Concurrent_appends_leave_no_gap_and_no_repeat()
    {
        var entries = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Append(number % 2 == 0 ? _store.Database : _another, $"{number}")));

        entries.Select(entry => entry.Seq).Order().Should().Equal(Enumerable.Range(2, 200).Select(seq => (long)seq));
        var stored = await _another.Read(sql => Transcript.Read(sql, _plans, 2, 1_000));
        stored.Select(entry => (entry.Seq, entry.Body)).Should().Equal(entries.OrderBy(entry => entry.Seq).Select(entry => (entry.Seq, entry.Body)));
    }

    [Fact]
    public async Task A_write_that_fails_takes_no_number()
    {
        var failing = () => _store.Database.Write<int>(async sql =>
        {
            await Append(sql, "lost");
            throw new InvalidOperationException();
        });
        await failing.Should().ThrowAsync<InvalidOperationException>();

        (await Append(_store.Database, "kept")).Seq.Should().Be(2);
    }

    [Fact]
    public async Task One_draft_is_stored_once_however_often_and_wherever_it_arrives()
    {
        DraftId draft = new(ClientMessageId.New(TimeProvider.System), "fingerprint");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? _store.Database : _another).WriteOnce(_ann, draft,
            async sql => (await _store.Transcript.Append(sql, _plans, EntryKind.Message, _ann, new EntryBody { Text = "x" }, draft)).Receipt())));

        await IsThereOnce(answers);
    }

    [Fact]
    public async Task One_draft_is_added_once_however_often_and_wherever_it_arrives()
    {
        DraftId draft = new(ClientMessageId.New(TimeProvider.System), "fingerprint");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => (number % 2 == 0 ? _store.Database : _another).AddOnce(_ann, draft,
            async sql => await _store.Transcript.AppendNew(sql, _plans, EntryKind.Message, _ann, new EntryBody { Text = "x" }, draft) is { } added ? (Answer<Receipt>)added.Receipt() : null)));

        await IsThereOnce(answers);
    }

    [Fact]
    public async Task Without_looking_first_the_second_of_two_equal_drafts_is_kept_out()
    {
        DraftId draft = new(ClientMessageId.New(TimeProvider.System), "fingerprint");
        Task<StoredEntry> Blindly(Database node) => node.Write(sql => _store.Transcript.Append(sql, _plans, EntryKind.Message, _ann, EntryBody.Empty, draft));
        await Blindly(_store.Database);

        var second = () => Blindly(_another);
        await second.Should().ThrowAsync<System.Data.Common.DbException>();

        (await _store.Database.Read(sql => Transcript.Head(sql, _plans))).Should().Be(2);
    }

    [Fact]
    public async Task Whoever_listens_hears_of_every_entry_once_it_is_there_in_order()
    {
        List<(long Seq, bool IsThere)> heard = [];
        _store.Transcript.Committed += entry => heard.Add((entry.Seq, _store.Database.Read(sql => Transcript.Head(sql, _plans)).GetAwaiter().GetResult() >= entry.Seq));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Append(_store.Database, $"{number}")));

        heard.Should().Equal(Enumerable.Range(2, 100).Select(seq => ((long)seq, true)));
    }

    [Fact]
    public async Task Times_never_decrease_whatever_the_clock_does()
    {
        var first = await Append(_store.Database, "before");
        _store.Clock.Jump(TimeSpan.FromHours(-2));

        (await Append(_store.Database, "after")).SentAt.Should().Be(first.SentAt);
    }

    [Fact]
    public async Task What_is_erased_keeps_its_place()
    {
        var entry = await Append(_store.Database, "secret");

        await _store.Database.Write(async sql =>
        {
            await Transcript.Erase(sql, _plans, entry.Seq);
            return true;
        });

        var erased = await _another.Read(sql => Transcript.At(sql, _plans, entry.Seq));
        erased.Should().BeEquivalentTo(new { entry.Seq, entry.Author, entry.SentAt, Body = "{}", Deleted = true });
    }

    private async Task IsThereOnce(Answer<Receipt>[] answers)
    {
        answers.Should().OnlyContain(answer => answer.Value!.Seq == 2);
        answers.Count(answer => !answer.Value!.Repeated).Should().Be(1);
        (await _store.Database.Read(sql => Transcript.Head(sql, _plans))).Should().Be(2);
    }

    private Task<StoredEntry> Append(Database node, string text) => node.Write(sql => Append(sql, text));

    private Task<StoredEntry> Append(Sql sql, string text) => _store.Transcript.Append(sql, _plans, EntryKind.Message, _ann, new EntryBody { Text = text },
        new(ClientMessageId.New(TimeProvider.System), "fingerprint"));
}

public sealed class SqliteTranscript() : TranscriptSpec(StorageOptions.Sqlite);

public sealed class PostgresTranscript() : TranscriptSpec(StorageOptions.Postgres);

using Chat.Contracts;
using Chat.Server.Transcripts;

namespace Chat.Tests.Messages;

/// <summary>Random lives of conversations, of which every way to read them must tell the same.</summary>
public sealed class PagingThroughATranscript : IAsyncLifetime
{
    private const int Seeds = 300;
    private static readonly string[] Emoji = ["⭐", "👍", "🎉"];
    private TestTalk _talk = null!;
    private UserId[] _users = [];

    public async Task InitializeAsync()
    {
        _talk = await TestTalk.Open();
        _users = [await _talk.User("ann"), await _talk.User("bob"), await _talk.User("carl")];
    }

    public async Task DisposeAsync() => await _talk.DisposeAsync();

    [Fact]
    public async Task Pages_in_both_directions_are_the_whole_and_nothing_but_what_is_readable()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            Random random = new(seed);
            var conversation = await Live(random);
            foreach (var user in _users)
            {
                if (await _talk.Store.Database.Read(sql => _talk.Store.Memberships.Of(sql, conversation, user)) is not { } visible) continue;
                var head = visible.HeadOf(await _talk.Head(conversation));
                var limit = random.Next(1, 12);
                var stored = await _talk.Store.Database.Read(sql => Transcript.Read(sql, conversation, 1, head));
                var readable = stored.Where(visible.Sees).Select(entry => entry.Seq).ToList();

                var down = await Down(user, conversation, limit);
                var up = await Up(user, conversation, limit);

                down.Select(entry => entry.Seq).Should().Equal(readable, $"seed {seed} down");
                up.Should().BeEquivalentTo(down, compared => compared.RespectingRuntimeTypes().WithStrictOrdering(), $"seed {seed} up");
            }
        }
    }

    [Theory]
    [InlineData(Limits.TextLength)]
    [InlineData(Limits.TextLength / 2)]
    public async Task Long_texts_make_more_pages_so_that_a_slow_line_can_carry_each(int length)
    {
        var conversation = await _talk.Conference(_users);
        for (var i = 0; i < 40; i++) await _talk.Send(_users[i % 2], conversation, new string('x', length));
        var text = 40L * length;

        var newest = await _talk.Read(_users[2], conversation, limit: Limits.PageOfEntries);
        var oldest = await _talk.Read(_users[2], conversation, after: 0, limit: Limits.PageOfEntries);
        var down = await Down(_users[2], conversation, Limits.PageOfEntries);
        var up = await Up(_users[2], conversation, Limits.PageOfEntries);

        newest.To.Should().Be(newest.Head);
        oldest.From.Should().Be(1);
        foreach (var page in new[] { newest, oldest }) TextOf(page).Should().BeGreaterThan(200 * 1024);
        foreach (var whole in new[] { down, up })
        {
            whole.OfType<Message>().Sum(message => (long)message.Text!.Length).Should().Be(text);
            whole.Select(entry => entry.Seq).Should().Equal(Seqs(1, newest.Head));
        }
    }

    [Fact]
    public async Task A_snapshot_with_what_came_later_folded_in_is_the_later_snapshot()
    {
        for (var seed = 0; seed < Seeds / 3; seed++)
        {
            Random random = new(seed);
            var conversation = await _talk.Conference(_users);
            await Talk(random, conversation, 15);
            var before = (await _talk.Read(_users[0], conversation, limit: 200)).Entries;
            var held = before.ToDictionary(entry => entry.Seq);
            await Talk(random, conversation, 15);

            var later = (await _talk.Read(_users[0], conversation, after: before[^1].Seq, limit: 200)).Entries;
            foreach (var entry in later) Follow(held, entry, before[^1].Seq);

            var now = (await _talk.Read(_users[0], conversation, limit: 200)).Entries.OfType<Message>();
            held.Values.OfType<Message>().OrderBy(message => message.Seq).Should().BeEquivalentTo(now, compared => compared.WithStrictOrdering(), $"seed {seed}");
        }
    }

    // What a client does with live entries. Here they were read back, so that of the messages only those held before are still to be changed.
    private static void Follow(Dictionary<long, Entry> held, Entry entry, long heldTo)
    {
        held[entry.Seq] = entry;
        if (entry is not Amendment amendment || amendment.Target > heldTo || held[amendment.Target] is not Message { Deleted: null } message) return;
        held[amendment.Target] = amendment switch
        {
            Edited edited => message with { Text = edited.Text, EditedAt = edited.SentAt },
            Deleted => new Message { Seq = message.Seq, SentAt = message.SentAt, Author = message.Author, ClientMessageId = message.ClientMessageId, Deleted = true },
            Reacted reacted => message with { Reactions = With(message.Reactions ?? [], reacted.Emoji, reacted.Author) },
            Unreacted unreacted => message with { Reactions = Without(message.Reactions ?? [], unreacted.Emoji, unreacted.Author) },
            _ => message,
        };
    }

    private static List<Reaction> With(IReadOnlyList<Reaction> reactions, string emoji, Person by) =>
        reactions.Any(one => one.Emoji == emoji)
            ? [.. reactions.Select(one => one.Emoji == emoji ? one with { By = [.. one.By, by] } : one)]
            : [.. reactions, new(emoji, [by])];

    private static List<Reaction>? Without(IReadOnlyList<Reaction> reactions, string emoji, Person by)
    {
        var left = reactions.Select(one => one.Emoji == emoji ? one with { By = [.. one.By.Where(person => person != by)] } : one).Where(one => one.By.Count > 0).ToList();
        return left.Count == 0 ? null : left;
    }

    private async Task<List<Entry>> Down(UserId user, ConversationId conversation, int limit)
    {
        List<Entry> entries = [];
        for (var page = await _talk.Read(user, conversation, limit: limit); page.From <= page.To; page = await _talk.Read(user, conversation, before: page.From, limit: limit))
        {
            Covers(page, limit);
            entries.InsertRange(0, page.Entries);
        }
        return entries;
    }

    private async Task<List<Entry>> Up(UserId user, ConversationId conversation, int limit)
    {
        List<Entry> entries = [];
        var page = await _talk.Read(user, conversation, after: 0, limit: limit);
        for (var next = 1L; page.From <= page.To; page = await _talk.Read(user, conversation, after: next - 1, limit: limit))
        {
            page.From.Should().Be(next);
            Covers(page, limit);
            entries.AddRange(page.Entries);
            next = page.To + 1;
        }
        return entries;
    }

    private static void Covers(TranscriptPage page, int limit)
    {
        page.Entries.Count.Should().BeLessThanOrEqualTo(limit);
        TextOf(page).Should().BeLessThanOrEqualTo(256 * 1024);
        var covered = page.Entries.Select(entry => entry.Seq).Concat(page.Holes.SelectMany(hole => Seqs(hole.From, hole.To))).Order();
        covered.Should().Equal(Seqs(page.From, page.To));
    }

    private static int TextOf(TranscriptPage page) => page.Entries.OfType<Message>().Sum(message => message.Text?.Length ?? 0);

    private static IEnumerable<long> Seqs(long from, long to) => Enumerable.Range(0, (int)(to - from + 1)).Select(i => from + i);

    /// <summary>Members talk, leave and come back, sometimes with history.</summary>
    private async Task<ConversationId> Live(Random random)
    {
        var conversation = await _talk.Conference(_users[0], _users[1]);
        HashSet<UserId> members = [_users[0], _users[1]];
        for (var i = 0; i < 4; i++)
        {
            await Talk(random, conversation, random.Next(6));
            var user = _users[random.Next(1, _users.Length)];
            if (members.Remove(user)) await _talk.Leave(conversation, user);
            else if (members.Add(user)) await _talk.Join(conversation, user, random.Next(2) == 0 ? null : random.Next(1, (int)await _talk.Head(conversation) + 1));
        }
        return conversation;
    }

    private async Task Talk(Random random, ConversationId conversation, int deeds)
    {
        for (var i = 0; i < deeds; i++)
        {
            var user = _users[random.Next(_users.Length)];
            var seq = random.Next(1, (int)await _talk.Head(conversation) + 1);
            _ = random.Next(8) switch
            {
                0 => await _talk.Edit(user, conversation, seq, $"edit {i}"),
                1 => await _talk.Delete(user, conversation, seq),
                2 or 3 => await _talk.React(user, conversation, seq, Emoji[random.Next(Emoji.Length)]),
                4 => await _talk.Unreact(user, conversation, seq, Emoji[random.Next(Emoji.Length)]),
                _ => await _talk.Send(user, conversation, $"message {i}"),
            };
        }
    }
}

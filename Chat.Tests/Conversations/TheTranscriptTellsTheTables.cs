using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Tests.Conversations;

/// <summary>Membership, roles, title and what each may read, folded from the transcript, are what the tables say.</summary>
public sealed class TheTranscriptTellsTheTables
{
    private const int Runs = 300;
    private const int Operations = 14;
    private static readonly string[] Names = ["alice", "bob", "carol", "dave", "erin", "frank"];

    [Fact]
    public async Task After_any_operations_whatever()
    {
        await using var house = await House.Build();
        List<UserId> users = [];
        foreach (var name in Names) users.Add(await house.Add(name));

        await Parallel.ForAsync(0, Runs, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (seed, _) =>
        {
            var conference = await Live(house, users, new Random(seed));
            var (members, roles, title, readable) = Fold(await house.Entries(conference));

            var stored = await house.Store.Database.Read(sql => Tables(sql, conference));
            stored.Members.Should().BeEquivalentTo(members, "seed {0}", seed);
            stored.Roles.Should().BeEquivalentTo(roles, "seed {0}", seed);
            stored.Title.Should().Be(title, "seed {0}", seed);
            stored.Count.Should().Be(members.Count, "seed {0}", seed);
            stored.Archived.Should().Be(members.Count == 0, "seed {0}", seed);
            if (members.Count > 0) roles.Values.Should().Contain(Role.Owner, "seed {0}: never ownerless", seed);
            foreach (var user in users)
            {
                var visible = await house.VisibleTo(user, conference);
                var seen = Enumerable.Range(1, 60).Select(seq => (long)seq).Where(seq => visible?.Sees(seq) ?? false);
                seen.Should().Equal(Enumerable.Range(1, 60).Select(seq => (long)seq)
                    .Where(seq => readable.TryGetValue(user, out var stretches) && stretches.Exists(stretch => stretch.Holds(seq))), "seed {0}", seed);
            }
        });
    }

    private static async Task<ConversationId> Live(House house, List<UserId> users, Random random)
    {
        var first = random.Next(Names.Length);
        var conference = random.Next(3) == 0
            ? await house.OpenConference(users[first], $"room{Guid.NewGuid():N}"[..32], Names[(first + 1) % Names.Length])
            : await house.Conference(users[first], Names[(first + 1) % Names.Length], Names[(first + 2) % Names.Length]);
        for (var i = 0; i < Operations; i++)
        {
            var actor = users[random.Next(users.Count)];
            var target = Names[random.Next(Names.Length)];
            _ = random.Next(8) switch
            {
                0 => (object)await house.Invite(actor, conference, target, Names[random.Next(Names.Length)]),
                1 => await house.Invitations.Invite(actor, new()
                {
                    Conversation = conference, UserNames = [target], OperationId = house.NewOperation(),
                    History = i % 2 == 0 ? SharedHistory.All : SharedHistory.FromSeq, FromSeq = i % 2 == 0 ? null : random.Next(1, 12),
                }),
                2 => await house.Leave(actor, conference),
                3 => await house.Departures.Remove(actor, new() { Conversation = conference, UserName = target }),
                4 => await house.Roles.Change(actor, new() { Conversation = conference, UserName = target, Role = Role.Owner }),
                5 => await house.Roles.Change(actor, new() { Conversation = conference, UserName = target, Role = Role.Member }),
                6 => await house.Rename(actor, conference, random.Next(3) == 0 ? "" : $"Title {i}"),
                _ => await house.Open.Join(actor, new() { Conversation = conference }),
            };
        }
        return conference;
    }

    private static (HashSet<UserId> Members, Dictionary<UserId, Role> Roles, string? Title, Dictionary<UserId, List<Interval>> Readable) Fold(List<StoredEntry> entries)
    {
        Dictionary<UserId, Role> roles = [];
        Dictionary<UserId, List<Interval>> readable = [];
        string? title = null;
        foreach (var (entry, parts) in entries.Select(entry => (entry, entry.Parts)))
        {
            switch (entry.Kind)
            {
                case EntryKind.Started:
                    title = parts.Title;
                    foreach (var member in parts.Members!) Begin(member, member == entry.Author ? Role.Owner : Role.Member, entry.Seq);
                    break;
                case EntryKind.Joined: Begin(parts.Member!.Value, Role.Member, parts.FromSeq ?? entry.Seq); break;
                case EntryKind.Left: End(entry.Author, entry.Seq); break;
                case EntryKind.Removed: End(parts.Member!.Value, entry.Seq); break;
                case EntryKind.RoleChanged: roles[parts.Member!.Value] = parts.Role!.Value; break;
                case EntryKind.Renamed: title = parts.Title; break;
            }
        }
        return ([.. roles.Keys], roles, title, readable);

        void Begin(UserId member, Role role, long first)
        {
            roles.Add(member, role);
            if (!readable.TryGetValue(member, out var stretches)) readable[member] = stretches = [];
            stretches.Add(new(first, first, null));
        }

        void End(UserId member, long seq)
        {
            roles.Remove(member).Should().BeTrue();
            readable[member][^1] = readable[member][^1] with { Last = seq };
        }
    }

    private static async Task<(List<UserId> Members, Dictionary<UserId, Role> Roles, string? Title, long Count, bool Archived)> Tables(Sql sql, ConversationId conference)
    {
        var members = await sql.Query("""
            SELECT s.user_id, m.role FROM membership s JOIN member m ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id
            WHERE s.conversation_id = @c AND s.left_seq IS NULL
            """, row => (User: new UserId(row.GetString(0)), Role: row.Name<Role>(1)), ("c", conference));
        var (title, count, archived) = await sql.One("SELECT title, member_count, archived_at FROM conversation WHERE id = @c",
            row => (row.TextOrNull(0), row.GetInt64(1), !row.IsDBNull(2)), ("c", conference));
        return ([.. members.Select(member => member.User)], members.ToDictionary(member => member.User, member => member.Role), title, count, archived);
    }
}

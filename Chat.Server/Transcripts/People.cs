using System.Collections.Concurrent;
using System.Text.Json;
using Chat.Contracts;
using Chat.Server.Storage;

namespace Chat.Server.Transcripts;

/// <summary>
/// How users are called, kept in memory. Only display names change: whoever changes one forgets it here after the commit, other nodes when
/// they hear of it, and whoever read an old one meanwhile, or did not hear, after <see cref="Lifetime"/>.
/// </summary>
internal sealed class People(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<UserId, (Person Person, long Since)> _known = [];

    public async Task<Person> Of(Sql sql, UserId user) => (await Of(sql, [user]))(user);

    /// <summary>Looks up those not known yet; the answer names any of those asked for.</summary>
    public async Task<Func<UserId, Person>> Of(Sql sql, IEnumerable<UserId> users)
    {
        Dictionary<UserId, Person> found = [];
        List<string> missing = [];
        foreach (var user in users.Distinct())
        {
            if (Known(user) is { } person) found.Add(user, person);
            else missing.Add(user.Value);
        }
        if (missing.Count > 0)
        {
            if (_known.Count > Most) _known.Clear();
            var rows = await sql.Query($"SELECT id, user_name, display_name FROM chat_user WHERE {sql.Among("id", "@ids")}",
                row => new Person(new(row.GetString(0)), row.GetString(1), row.GetString(2)), ("ids", JsonSerializer.Serialize(missing)));
            var now = clock.GetTimestamp();
            foreach (var person in rows)
            {
                found[person.User] = person;
                _known[person.User] = (person, now);
            }
        }
        return user => found[user];
    }

    /// <summary>Only where all of them are known already.</summary>
    public Func<UserId, Person>? Known(IEnumerable<UserId> users)
    {
        Dictionary<UserId, Person> found = [];
        foreach (var user in users)
        {
            if (Known(user) is not { } person) return null;
            found[user] = person;
        }
        return user => found[user];
    }

    public void Forget(UserId user) => _known.TryRemove(user, out _);

    private Person? Known(UserId user) =>
        _known.TryGetValue(user, out var known) && clock.GetElapsedTime(known.Since) < Lifetime ? known.Person : null;
}

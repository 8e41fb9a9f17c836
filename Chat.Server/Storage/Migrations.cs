using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Storage;

/// <summary>
/// Brings a database to this program's schema: numbered SQL files, each applied once and remembered with its checksum, all in one transaction.
/// A database that is newer, or whose past differs, is refused before anything in it is changed.
/// </summary>
internal static class Migrations
{
    private const string Prefix = "migrations/";

    public static async Task Apply(Sql sql, Dialect dialect, TimeProvider clock)
    {
        await using var transaction = await dialect.Begin(sql.Connection, CancellationToken.None);
        sql.Transaction = transaction;
        await dialect.LockForMigration(sql);

        var known = Known();
        var applied = await Applied(sql, dialect);
        Check(known, applied);
        if (applied.Count == 0) await sql.Change("CREATE TABLE chat_migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        foreach (var (number, name, text) in known.Skip(applied.Count))
        {
            await sql.Change(dialect.Schema(text));
            await sql.Change("INSERT INTO chat_migration (number, name, checksum, applied_at) VALUES (@number, @name, @checksum, @at)",
                ("number", number), ("name", name), ("checksum", Checksum(text)), ("at", clock.GetUtcNow()));
        }

        await transaction.CommitAsync();
        sql.Transaction = null;
    }

    private static async Task<List<(long Number, string Name, string Checksum)>> Applied(Sql sql, Dialect dialect) =>
        await dialect.HasMigrations(sql)
            ? await sql.Query("SELECT number, name, checksum FROM chat_migration ORDER BY number", row => (row.GetInt64(0), row.GetString(1), row.GetString(2)))
            : [];

    private static void Check(List<(long Number, string Name, string Text)> known, List<(long Number, string Name, string Checksum)> applied)
    {
        if (applied.Count > known.Count)
            throw new StartRefused($"The database is of a newer version (migration {applied[^1].Number}) than this program (migration {known[^1].Number}); start the newer program.");
        foreach (var (mine, theirs) in known.Zip(applied))
        {
            if (mine.Number != theirs.Number || Checksum(mine.Text) != theirs.Checksum)
                throw new StartRefused($"Migration {theirs.Number} ({theirs.Name}) of the database is not the one this program knows; it was left untouched.");
        }
    }

    private static List<(long Number, string Name, string Text)> Known()
    {
        var assembly = typeof(Migrations).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (long.Parse(name.AsSpan(Prefix.Length, 4), null), name[Prefix.Length..], Text(assembly, name)))];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Checksum(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

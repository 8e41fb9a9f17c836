using System.Data.Common;
using Chat.Contracts;

namespace Chat.Server.Storage;

/// <summary>What truly differs between the databases; every other statement is written once.</summary>
internal abstract class Dialect
{
    public abstract int Readers { get; }

    /// <summary>Where the data is, for people to read; without secrets.</summary>
    public abstract string Place { get; }

    public abstract Task<DbConnection> Open(CancellationToken cancel);

    /// <summary>A connection without limits of time; refuses a database that cannot be used, with <see cref="StartRefused"/>.</summary>
    public virtual Task<DbConnection> OpenToMigrate(CancellationToken cancel) => Open(cancel);

    /// <summary>A transaction that will change something. From here to its end no other transaction begins to, on any node.</summary>
    public abstract Task<DbTransaction> Begin(DbConnection connection, CancellationToken cancel);

    /// <summary>A transaction that sees one moment of the database from its first to its last query.</summary>
    public abstract Task<DbTransaction> BeginSnapshot(DbConnection connection, CancellationToken cancel);

    public abstract string Among(string column, string parameter);

    /// <summary>Keeps other processes from migrating at the same time; held by the given transaction.</summary>
    public abstract Task LockForMigration(Sql sql);

    /// <summary>Whether the table of migrations is there yet.</summary>
    public abstract Task<bool> HasMigrations(Sql sql);

    /// <summary>The text of a migration as this database has to be told it.</summary>
    public virtual string Schema(string migration) => migration;

    /// <summary>Whether the other side has closed the connection on which this was thrown, so that a new one may do better.</summary>
    public abstract bool IsLost(Exception exception);

    /// <summary>Whether the database said no for reasons of its own (full, locked, gone) and not because of the statement.</summary>
    public abstract bool IsUnavailable(Exception exception);

    /// <summary>Whether that reason is only that somebody else holds it, and has done so for longer than a request may wait.</summary>
    public abstract bool IsHeld(Exception exception);

    /// <summary>What callers are told where it is unavailable.</summary>
    public StorageFault Fault(Exception exception) => new(IsHeld(exception) ? Refusal.ServerBusy : Refusal.StorageUnavailable, exception);

    /// <summary>Whether a commit that threw this has stored nothing, for certain.</summary>
    public virtual bool IsUndone(Exception exception) => false;

    /// <summary>Bytes of the log that stands beside the files; 0 where the database sees to it by itself.</summary>
    public virtual long LogLength => 0;

    /// <summary>Bytes that this connection has written to the log since it was asked last.</summary>
    public virtual long Logged(DbConnection connection) => 0;

    /// <summary>Empties the log, to be written from its beginning again; outside a transaction. Waits a moment for readers; false where one was still in the way.</summary>
    public virtual Task<bool> Empty(Sql sql) => Task.FromResult(true);

    /// <summary>Makes texts that were overwritten unreadable in the files, too, the log included; outside a transaction. False while a reader is in the way.</summary>
    /// <param name="waitForReaders">A moment only.</param>
    public abstract Task<bool> Scrub(Sql sql, bool waitForReaders);
}

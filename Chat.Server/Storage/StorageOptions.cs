using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Storage;

internal sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";
    public const string Sqlite = "sqlite";

    public const string Postgres = "postgres";

    /// <summary>The database: <c>sqlite</c>, one file in the data folder, or <c>postgres</c>, a PostgreSQL server.</summary>
    [AllowedValues(Sqlite, Postgres, ErrorMessage = "Storage:Provider is not a database that is known here; say sqlite or postgres.")]
    public string Provider { get; init; } = Sqlite;

    /// <summary>Where a database server is reached; empty for SQLite, which needs none.</summary>
    public string? ConnectionString { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == Postgres && !PostgresDialect.CanRead(ConnectionString ?? ""))
            yield return new("Storage:ConnectionString has to say where the server is: Host=HOST;Database=NAME;Username=USER;Password=PASSWORD.", [nameof(ConnectionString)]);
        if (Provider == Sqlite && !string.IsNullOrEmpty(ConnectionString))
            yield return new("Storage:ConnectionString is not for sqlite, which keeps its file in the data folder; leave it out.", [nameof(ConnectionString)]);
    }
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

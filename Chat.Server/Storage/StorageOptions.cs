using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Storage;

internal sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";
    public const string Sqlite = "sqlite";

    /// <summary>The database: <c>sqlite</c>, one file in the data folder.</summary>
    [AllowedValues(Sqlite, ErrorMessage = "Storage:Provider is not a database that is known here; say sqlite.")]
    public string Provider { get; init; } = Sqlite;

    /// <summary>Where a database server is reached; empty for SQLite, which needs none.</summary>
    public string? ConnectionString { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == Sqlite && !string.IsNullOrEmpty(ConnectionString))
            yield return new("Storage:ConnectionString is not for sqlite, which keeps its file in the data folder; leave it out.", [nameof(ConnectionString)]);
    }
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

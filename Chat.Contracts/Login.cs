using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts;

/// <summary>What a client says of itself when it registers, logs in or resumes.</summary>
public abstract record Greeting
{
    /// <summary>The protocol version the client speaks; left out, it is 1.</summary>
    public int? Protocol { get; init; }

    /// <summary>Name and version of the client program, for diagnostics; at most <see cref="Limits.DeviceLength"/> characters.</summary>
    public string? Client { get; init; }

    /// <summary>
    /// Milliseconds, 1,000 to 30,000, after which the client pings at the latest. One that declares 5,000 is found dead within 13 s;
    /// one that declares nothing is given 30 s of silence.
    /// </summary>
    public int? HeartbeatMs { get; init; }
}

public sealed record Register : Greeting
{
    /// <summary>After folding of width and case: a letter or digit, then letters, digits, <c>.</c>, <c>_</c> or <c>-</c>; 2 to 32 characters.</summary>
    public required string UserName { get; init; }

    /// <summary><see cref="Limits.PasswordMinLength"/> to <see cref="Limits.PasswordMaxLength"/> bytes of UTF-8 after NFC; never trimmed; not one of the common ones.</summary>
    public required string Password { get; init; }

    /// <summary>Left out, it is the user name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What the session list will call this device.</summary>
    public string? Device { get; init; }

    /// <summary>Names no secret, so that no log does.</summary>
    public override string ToString() => nameof(Register);
}

public sealed record LogIn : Greeting
{
    public required string UserName { get; init; }
    public required string Password { get; init; }

    /// <summary>What the session list will call this device.</summary>
    public string? Device { get; init; }

    /// <summary>Names no secret, so that no log does.</summary>
    public override string ToString() => nameof(LogIn);
}

public sealed record Resume : Greeting
{
    /// <summary>Left out by a browser whose session cookie came with the WebSocket upgrade.</summary>
    public string? Token { get; init; }

    /// <summary>Names no secret, so that no log does.</summary>
    public override string ToString() => nameof(Resume);
}

/// <summary>A log-in that holds until it is ended or expires, over any number of connections.</summary>
/// <param name="Token">256 random bits as text; the only proof of the session. Absent where the browser's cookie is the proof.</param>
/// <param name="Lobby">The conversation that everybody is in; absent where it is switched off.</param>
/// <param name="Protocol">The version that this connection now speaks.</param>
/// <param name="Epoch">Names this history; changes when a backup is restored.</param>
public sealed record Session(
    string? Token, SessionId SessionId, DateTimeOffset ExpiresAt, Profile Me, ConversationId? Lobby, int Protocol, string Epoch)
{
    /// <summary>Names no secret, so that no log does.</summary>
    public override string ToString() => SessionId.Value;
}

public sealed record LogOut
{
    /// <summary>Ends every session of the user, not just this one.</summary>
    [JsonConverter(typeof(NullIsDefaultConverter<bool>))]
    public bool Everywhere { get; init; }
}

public sealed record ListSessions;

/// <param name="Current">Whether it is the session that asks.</param>
public sealed record SessionRow(
    SessionId SessionId, string? Device, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, bool Current);

public sealed record SessionPage(IReadOnlyList<SessionRow> Items);

public sealed record EndSession
{
    public required SessionId SessionId { get; init; }
}

public sealed record ChangePassword
{
    public required string Current { get; init; }
    public required string New { get; init; }

    /// <summary>Names no secret, so that no log does.</summary>
    public override string ToString() => nameof(ChangePassword);
}

using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts;

/// <summary>How answers and entries name a user. The user name is who it is; the display name is only what it likes to be called.</summary>
public sealed record Person(UserId User, string UserName, string DisplayName);

[JsonConverter(typeof(CamelCaseEnumConverter<Presence>))]
public enum Presence { Offline, Away, Online }

/// <summary>What a user chose to show. <see cref="DoNotDisturb"/> asks devices for silence; <see cref="Invisible"/> looks offline to others.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PresenceChoice>))]
public enum PresenceChoice { Auto, DoNotDisturb, Invisible }

/// <summary>What others may see of a user.</summary>
/// <param name="Version">Grows with each edit; an edit names the one it saw.</param>
public sealed record Profile(UserId User, string UserName, string DisplayName, Presence Presence, long Version)
{
    public string? About { get; init; }

    /// <summary>An IANA time zone name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>One emoji or a few letters, at most <see cref="Limits.AvatarLength"/> bytes of UTF-8.</summary>
    public string? Avatar { get; init; }

    /// <summary>When the user was last here; absent while online and where the user hides it.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Asks others not to expect an answer.</summary>
    public bool? DoNotDisturb { get; init; }

    /// <summary>In one's own profile only.</summary>
    public PresenceChoice? PresenceChoice { get; init; }

    /// <summary>In one's own profile only.</summary>
    public bool? HidesLastSeen { get; init; }

    /// <summary>In one's own profile only: whether one may announce and deactivate.</summary>
    public bool? Administrator { get; init; }
}

public sealed record FindUser
{
    public required string UserName { get; init; }
}

public sealed record SearchUsers
{
    /// <summary>At least <see cref="Limits.SearchMinLength"/> letters: the beginning of a user name or of a word in a display name.</summary>
    public required string Text { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    public string? After { get; init; }

    /// <summary>1 to <see cref="Limits.PageOfUsers"/>, which is also the default.</summary>
    public int? Limit { get; init; }
}

/// <param name="Next">Asks for the page after this one; absent on the last.</param>
public sealed record ProfilePage(IReadOnlyList<Profile> Items, string? Next);

public sealed record GetProfile
{
    public required string UserName { get; init; }
}

/// <summary>What is left out stays as it is; an empty <see cref="About"/>, <see cref="TimeZone"/> or <see cref="Avatar"/> takes it away.</summary>
public sealed record EditProfile
{
    public required long Version { get; init; }
    public string? DisplayName { get; init; }
    public string? About { get; init; }
    public string? TimeZone { get; init; }
    public string? Avatar { get; init; }
    public bool? HidesLastSeen { get; init; }
}

public sealed record SetPresence
{
    /// <summary>For the user, on every device, until chosen anew.</summary>
    public PresenceChoice? Choice { get; init; }

    /// <summary>For this connection: nobody has touched the device for a while. A user all of whose connections are idle is away.</summary>
    public bool? Idle { get; init; }
}

public sealed record BlockUser
{
    public required string UserName { get; init; }
}

public sealed record UnblockUser
{
    public required string UserName { get; init; }
}

public sealed record ListBlockedUsers;

public sealed record PersonPage(IReadOnlyList<Person> Items);

/// <summary>For administrators. Ends the user's sessions; what the user wrote stays. A conference without another owner gets one.</summary>
public sealed record DeactivateUser
{
    public required string UserName { get; init; }
}

/// <summary>For administrators. The user may log in again.</summary>
public sealed record ReactivateUser
{
    public required string UserName { get; init; }
}

/// <summary>For administrators: a text to every connection, kept nowhere.</summary>
public sealed record Announce
{
    /// <summary>1 to <see cref="Limits.TextLength"/> bytes of UTF-8.</summary>
    public required string Text { get; init; }
}

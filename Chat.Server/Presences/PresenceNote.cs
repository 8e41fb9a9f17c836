using Chat.Contracts;

namespace Chat.Server.Presences;

/// <summary>What waits to be told: that a user's presence changed.</summary>
/// <param name="Only">The one to tell it; everybody concerned where there is none.</param>
/// <param name="Reached">Set when all notes before this one were told.</param>
internal sealed record PresenceNote(UserId User, UserId? Only = null, TaskCompletionSource? Reached = null);

/// <summary>A presence that others have not been told yet.</summary>
/// <param name="Since">With <see cref="Presence.Offline"/>: when the user was last here.</param>
internal sealed record PresenceChange(Presence Presence, DateTimeOffset Since);

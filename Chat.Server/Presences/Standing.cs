using Chat.Contracts;

namespace Chat.Server.Presences;

/// <summary>How things stand with one user who is here, or was a moment ago. Touched under the lock of <see cref="PresenceBoard"/> alone.</summary>
internal sealed class Standing
{
    /// <summary>The user's connections, and whether each is idle.</summary>
    public Dictionary<string, bool> Connections { get; } = [];

    /// <summary>What the user counts as: the connections' maximum, but no less than before while a grace runs.</summary>
    public Presence Level { get; set; }

    /// <summary>What others were told last.</summary>
    public Presence Told { get; set; }

    /// <summary>When a connection last went, or the user chose to be invisible.</summary>
    public DateTimeOffset LastHere { get; set; }

    /// <summary>Whether a note about the user waits to be told.</summary>
    public bool Noted { get; set; }

    public ITimer? Grace { get; set; }

    /// <summary>Grows whenever a grace begins or ends, so that a timer that rings too late knows it.</summary>
    public int Turn { get; set; }

    /// <summary>The maximum over the connections.</summary>
    public Presence Best =>
        Connections.Count == 0 ? Presence.Offline : Connections.ContainsValue(false) ? Presence.Online : Presence.Away;

    public bool IsOver => Connections.Count == 0 && Level == Presence.Offline && Told == Presence.Offline && !Noted;
}

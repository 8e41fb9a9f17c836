namespace Chat.Client.Rules;

/// <summary>Where a client is on its way to hearing everything.</summary>
internal enum ClientState
{
    /// <summary>Not asked to be connected yet.</summary>
    Idle,

    /// <summary>Between two tries.</summary>
    Waiting,
    Connecting,

    /// <summary>Logging in, or resuming the session.</summary>
    Resuming,

    /// <summary>Asking for what was missed; the outbox waits.</summary>
    Resyncing,
    Live,

    /// <summary>For good: disposed, or refused in a way that no later try will better.</summary>
    Ended
}

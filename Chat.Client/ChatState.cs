namespace Chat.Client;

/// <summary>Where a <see cref="ChatClient"/> is on its way to hearing everything.</summary>
public enum ChatState
{
    /// <summary>Nobody has asked it to log in yet.</summary>
    Idle,

    /// <summary>Asked to log in, and not live so far: connecting, waiting for the next try, or logging in.</summary>
    Connecting,

    /// <summary>Logged in; everything that happens is told.</summary>
    Live,

    /// <summary>It was live and will be again by itself. What is sent meanwhile waits; what is missed meanwhile will be told.</summary>
    Reconnecting,

    /// <summary>Logged out, refused for good, or disposed; <see cref="ChatClient.LastFault"/> says which. Unless it was disposed, it may log in anew.</summary>
    Ended
}

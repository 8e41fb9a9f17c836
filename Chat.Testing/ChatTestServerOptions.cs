namespace Chat.Testing;

/// <summary>What a <see cref="ChatTestServer"/> is to be like. Read when it starts, and each time it starts again.</summary>
public sealed class ChatTestServerOptions
{
    /// <summary>
    /// The server's clock; the system's unless said otherwise. Clients keep their own, <see cref="Client.ChatClientOptions.Clock"/>. A jump of 12 s
    /// or more is a long silence for the server: it closes the connections, and clients come back by themselves.
    /// </summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Settings of the server by name: <c>["Lobby:Enabled"] = "false"</c>. They win over those that make it fit for tests.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
}

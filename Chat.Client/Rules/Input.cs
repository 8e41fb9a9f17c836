using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>Everything that can happen to a client.</summary>
internal abstract record Input
{
    /// <summary>Something that a connection brought; ignored once that connection has been given up.</summary>
    public abstract record FromConnection(int Connection) : Input;

    /// <summary>From here on the client means to be connected.</summary>
    /// <param name="Greeting"><see cref="Register"/>, <see cref="LogIn"/> or <see cref="Resume"/>.</param>
    public sealed record Start(Greeting Greeting) : Input;

    /// <summary>Time has passed; wanted no later than <see cref="ClientRules.DueAt"/>.</summary>
    public sealed record Tick : Input;

    public sealed record Queue(Draft Draft) : Input;

    /// <summary>The client was disposed; what is in the outbox stays there.</summary>
    public sealed record Stop : Input;

    /// <summary>The transport and the handshake are done.</summary>
    public sealed record Connected(int Connection) : FromConnection(Connection);

    /// <summary>The connection could not be made, broke or was closed.</summary>
    public sealed record Lost(int Connection) : FromConnection(Connection);

    public sealed record Greeted(int Connection, Answer<Session> Answer) : FromConnection(Connection);

    public sealed record Resynced(int Connection, int Number, Answer<ResyncResult> Answer) : FromConnection(Connection);

    public sealed record Sent(int Connection, ClientMessageId ClientMessageId, int Try, Answer<Receipt> Answer) : FromConnection(Connection);

    public sealed record Appended(int Connection, EntryBatch Batch) : FromConnection(Connection);

    public sealed record InboxAppended(int Connection, InboxBatch Batch) : FromConnection(Connection);

    /// <summary>The list was read over this connection: what it shows is held, and only what comes later has to be told.</summary>
    public sealed record Listed(int Connection, ConversationPage Page) : FromConnection(Connection);

    public sealed record SessionEnded(int Connection, SessionEnd End) : FromConnection(Connection);

    public sealed record ServerClosing(int Connection, Closing Closing) : FromConnection(Connection);

    /// <summary>What a call that ended in an exception counts as: nothing is known, try again.</summary>
    public static Refusal Fault { get; } = Refusal.OutcomeUnknown with { RetryAfterMs = null };
}

using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>What a client has to do, in the order given.</summary>
internal abstract record Effect
{
    /// <summary>Open a new connection; everything it brings is handed in with its number.</summary>
    public sealed record Connect(int Connection) : Effect;

    /// <summary>Drop the connection without waiting for anything.</summary>
    public sealed record Disconnect(int Connection) : Effect;

    /// <summary>Call <c>Register</c>, <c>LogIn</c> or <c>Resume</c>.</summary>
    public sealed record Greet(int Connection, Greeting Greeting) : Effect;

    /// <summary>Logged in: the token is worth keeping, the password is not.</summary>
    public sealed record LoggedIn(Session Session) : Effect;

    public sealed record CallResync(int Connection, int Number, Resync Request) : Effect;

    /// <summary>Call what the draft asks for.</summary>
    public sealed record Send(int Connection, Draft Draft, int Try) : Effect;

    /// <summary>Something new, right behind what is held: <see cref="EntryBatch.From"/> is the seq after the last one applied.</summary>
    public sealed record Apply(EntryBatch Batch) : Effect;

    /// <inheritdoc cref="Apply"/>
    public sealed record ApplyInbox(InboxBatch Batch) : Effect;

    /// <summary>What is held of a transcript begins here: drop what was held before. Lower seqs are read when somebody wants them.</summary>
    /// <param name="Conversation">Null for the inbox, whose beginning is made good by <c>ListConversations</c>.</param>
    public sealed record Begin(ConversationId? Conversation, long From) : Effect;

    /// <summary>These will not come by themselves and are read when somebody wants them. Told once.</summary>
    /// <param name="Conversation">Null for the inbox, whose skipped part is made good by <c>ListConversations</c>.</param>
    public sealed record Skip(ConversationId? Conversation, Hole Skipped) : Effect;

    /// <summary>The server does not know this transcript as the user's (any more): drop what is held.</summary>
    public sealed record Forget(ConversationId? Conversation) : Effect;

    /// <summary>Put the draft into the durable outbox, before anything behind this in the list is done.</summary>
    public sealed record Keep(Draft Draft) : Effect;

    /// <summary>The draft is in the transcript at this seq: it leaves the outbox, and its entry takes its place on the screen.</summary>
    public sealed record Stored(Draft Draft, long Seq, DateTimeOffset SentAt) : Effect;

    /// <summary>The draft is refused for good: it leaves the outbox and is shown as failed.</summary>
    public sealed record Failed(Draft Draft, Refusal Refusal) : Effect;

    /// <summary>The client will not connect any more. Both are null where it was stopped.</summary>
    public sealed record Ended(Refusal? Refusal, SessionEndReason? Reason) : Effect;
}

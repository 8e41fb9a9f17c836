namespace Chat.Contracts;

/// <summary>
/// An expected "no" that the caller can act on. <see cref="Code"/> and <see cref="Name"/> are stable: codes are added, never renumbered.
/// </summary>
/// <param name="Text">One plain English sentence for people; its wording may change.</param>
public sealed record Refusal(int Code, string Name, string Text)
{
    /// <summary>The field of the request that the refusal is about, as its path on the wire.</summary>
    public string? Field { get; init; }

    /// <summary>Whether the same request, sent again later, may be accepted.</summary>
    public bool Retryable { get; init; }

    /// <summary>Milliseconds to wait before the next try.</summary>
    public long? RetryAfterMs { get; init; }

    /// <summary>With <see cref="StaleVersion"/>: the profile as it is now.</summary>
    public Profile? Current { get; init; }

    // 100-119: about the request itself, whatever it asked for.
    public static readonly Refusal Invalid = new(100, "invalid", "The request is not well formed.");
    public static readonly Refusal TooLarge = new(101, "tooLarge", "That is more than is allowed.");
    public static readonly Refusal RateLimited = new(102, "rateLimited", "Too many requests; wait a little.") { Retryable = true };
    public static readonly Refusal ServerBusy = new(103, "serverBusy", "The server is busy; try again.") { Retryable = true, RetryAfterMs = 500 };
    public static readonly Refusal StorageUnavailable = new(104, "storageUnavailable", "The storage cannot be reached; try again.") { Retryable = true, RetryAfterMs = 1000 };
    public static readonly Refusal OutcomeUnknown = new(105, "outcomeUnknown", "It is not known whether this was stored; send the same again.") { Retryable = true, RetryAfterMs = 500 };
    public static readonly Refusal UnsupportedVersion = new(106, "unsupportedVersion", $"This server speaks protocol versions {Limits.Protocol} to {Limits.Protocol}.");
    public static readonly Refusal Forbidden = new(107, "forbidden", "You may not do that.");
    public static readonly Refusal LimitReached = new(108, "limitReached", "There is no room for more of these.");
    public static readonly Refusal OperationIdReused = new(109, "operationIdReused", "This operation id was used for something else.");

    // 120-139: log-in and sessions.
    public static readonly Refusal NotLoggedIn = new(120, "notLoggedIn", "Log in or resume first.");
    public static readonly Refusal WrongCredentials = new(121, "wrongCredentials", "User name or password is wrong.");
    public static readonly Refusal SessionEnded = new(122, "sessionEnded", "This session has ended; log in again.");
    public static readonly Refusal UserNameTaken = new(123, "userNameTaken", "This user name, or one that looks like it, is taken.");
    public static readonly Refusal RegistrationClosed = new(124, "registrationClosed", "Registration is closed on this server.");
    public static readonly Refusal AlreadyLoggedIn = new(125, "alreadyLoggedIn", "This connection is logged in already; log out first.");
    public static readonly Refusal NoSuchSession = new(126, "noSuchSession", "You have no such session.");
    public static readonly Refusal TooManyConnections = new(127, "tooManyConnections", "There are too many connections already.") { Retryable = true, RetryAfterMs = 5000 };

    // 200-219: users, conversations and members.
    public static readonly Refusal NoSuchConversation = new(200, "noSuchConversation", "There is no such conversation, or you are not in it.");
    public static readonly Refusal NoSuchUser = new(201, "noSuchUser", "There is no such user.");
    public static readonly Refusal NoSuchMessage = new(202, "noSuchMessage", "There is no such message.");
    public static readonly Refusal Unavailable = new(203, "unavailable", "This user cannot be reached that way.");
    public static readonly Refusal StaleVersion = new(204, "staleVersion", "Someone changed this meanwhile; look at it again.");
    public static readonly Refusal NameTaken = new(205, "nameTaken", "This name is taken.");
    public static readonly Refusal NotAConference = new(206, "notAConference", "That can be done in a conference only.");
    public static readonly Refusal NotAMember = new(207, "notAMember", "That user is not a member.");
    public static readonly Refusal LobbyStays = new(208, "lobbyStays", "Everybody is in the Lobby; it can be muted or hidden.");

    // 300-319: messages.
    public static readonly Refusal TextEmpty = new(300, "textEmpty", "A message needs some text.") { Field = "text" };
    public static readonly Refusal ClientMessageIdReused = new(301, "clientMessageIdReused", "This client message id was used for something else.") { Field = "clientMessageId" };
    public static readonly Refusal MessageDeleted = new(302, "messageDeleted", "This message was deleted.");

    /// <summary>This refusal, said of one field of the request.</summary>
    public Refusal Of(string field) => this with { Field = field };

    /// <summary>This refusal with the reason told in a sentence of its own.</summary>
    public Refusal Because(string text) => this with { Text = text };

    /// <summary>This refusal with a time to wait.</summary>
    public Refusal RetryAfter(TimeSpan wait) => this with { RetryAfterMs = (long)Math.Ceiling(wait.TotalMilliseconds) };
}

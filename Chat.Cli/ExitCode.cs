using Chat.Contracts;

namespace Chat.Cli;

/// <summary>What a command says by its end.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 2;

    /// <summary>Not logged in, or the server said no.</summary>
    public const int Refused = 3;

    public const int NotFound = 4;

    /// <summary>The server cannot be reached, or has no room now.</summary>
    public const int Unreachable = 5;

    public const int RateLimited = 6;

    /// <summary>Somebody else was faster, or has it already.</summary>
    public const int Conflict = 7;

    /// <summary>As timeout(1) does.</summary>
    public const int TimedOut = 124;

    /// <summary>As a shell says of a program that Ctrl-C ended.</summary>
    public const int Interrupted = 130;

    private static readonly Dictionary<int, int> OfRefusals = new()
    {
        [Refusal.NoSuchConversation.Code] = NotFound,
        [Refusal.NoSuchUser.Code] = NotFound,
        [Refusal.NoSuchMessage.Code] = NotFound,
        [Refusal.NoSuchSession.Code] = NotFound,
        [Refusal.NotAMember.Code] = NotFound,
        [Refusal.ServerBusy.Code] = Unreachable,
        [Refusal.StorageUnavailable.Code] = Unreachable,
        [Refusal.TooManyConnections.Code] = Unreachable,
        [Refusal.OutcomeUnknown.Code] = Failed,
        [Refusal.RateLimited.Code] = RateLimited,
        [Refusal.UserNameTaken.Code] = Conflict,
        [Refusal.NameTaken.Code] = Conflict,
        [Refusal.StaleVersion.Code] = Conflict,
        [Refusal.OperationIdReused.Code] = Conflict,
        [Refusal.ClientMessageIdReused.Code] = Conflict,
    };

    public static int Of(Refusal refusal) => OfRefusals.GetValueOrDefault(refusal.Code, Refused);
}

using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>How a client says who it is: as it was told to the first time, by the session's token from then on.</summary>
internal sealed class Introduction
{
    private Register? _unanswered;

    /// <summary>What to call on the next connection.</summary>
    public Greeting Next { get; private set; } = new Resume();

    public void Begin(Greeting greeting) => Next = greeting with { HeartbeatMs = greeting.HeartbeatMs ?? (int)Liveness.PingEvery.TotalMilliseconds };

    /// <summary>The password is forgotten. A browser's cookie has no token to show: it resumes without one.</summary>
    public void Accepted(Session session)
    {
        _unanswered = null;
        Next = new Resume
        {
            Token = session.Token ?? (Next as Resume)?.Token, Protocol = Next.Protocol, Client = Next.Client, HeartbeatMs = Next.HeartbeatMs
        };
    }

    /// <summary>Whether a registration was stored is not known; registering again would find one's own name taken, so log-in finds out.</summary>
    public void Unanswered()
    {
        if (Next is not Register register) return;
        _unanswered = register;
        Next = new LogIn
        {
            UserName = register.UserName, Password = register.Password, Device = register.Device,
            Protocol = register.Protocol, Client = register.Client, HeartbeatMs = register.HeartbeatMs
        };
    }

    /// <summary>True where that log-in shows that the registration was not stored, and it can be tried again.</summary>
    public bool Refused(Refusal refusal)
    {
        if (_unanswered is not { } register || refusal.Code != Refusal.WrongCredentials.Code) return false;
        _unanswered = null;
        Next = register;
        return true;
    }
}

using Chat.Contracts;

namespace Chat.Tests.Simulation.Clients;

/// <summary>A user, as the people at the devices know themselves. Whether a new password was stored may not be known: then both are tried.</summary>
internal sealed class Account(int number, UserId user, string userName)
{
    private int _changes;

    public int Number => number;

    public UserId User => user;

    public string UserName => userName;

    /// <summary>All that were ever begun, the ended ones too.</summary>
    public List<SessionId> Sessions { get; } = [];

    public string Password { get; private set; } = Town.Password;

    public string? Other { get; private set; }

    public ChangePassword Change()
    {
        Other = $"{Town.Password} {++_changes}";
        return new() { Current = Password, New = Other };
    }

    /// <summary>The password in use was wrong: it was the other one, if there is one.</summary>
    public void Swap()
    {
        if (Other is not null) (Password, Other) = (Other, Password);
    }
}

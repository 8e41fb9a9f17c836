using Chat.Contracts;

namespace Chat.Tests.Simulation.Clients;

/// <summary>A user, as the people at the devices know themselves. Whether a new password was stored may not be known: then every one that may hold is tried.</summary>
internal sealed class Account(int number, UserId user, string userName)
{
    private readonly List<string> _others = []; // the newest first
    private int _changes;

    public int Number => number;

    public UserId User => user;

    public string UserName => userName;

    /// <summary>All that were ever begun, the ended ones too.</summary>
    public List<SessionId> Sessions { get; } = [];

    public string Password { get; private set; } = Town.Password;

    public bool IsInDoubt => _others.Count > 0;

    public ChangePassword Change()
    {
        _others.Insert(0, $"{Town.Password} {++_changes}");
        return new() { Current = Password, New = _others[0] };
    }

    /// <summary>The password in use is taken for wrong: it is another one, if there is one.</summary>
    public void TryAnother()
    {
        if (!IsInDoubt) return;
        _others.Add(Password);
        Password = _others[0];
        _others.RemoveAt(0);
    }
}

namespace Chat.Server.Users;

internal sealed class UsersOptions
{
    public const string Section = "Users";

    /// <summary>Whether strangers may register.</summary>
    public bool Registration { get; init; } = true;

    /// <summary>Whether users are found by the beginning of a name; off, only by the whole user name, so that nobody can gather them all.</summary>
    public bool SearchByBeginning { get; init; } = true;
}

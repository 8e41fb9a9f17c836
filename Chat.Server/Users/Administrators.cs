using Chat.Contracts;
using Chat.Server.Storage;
using Chat.Server.Transcripts;

namespace Chat.Server.Users;

/// <summary>
/// Who may announce and deactivate: the option <c>Administrators</c>, a list of user names. Whoever has such a name has the power, so register
/// the name before it is listed.
/// </summary>
internal sealed class Administrators(IEnumerable<string> userNames, People people)
{
    private readonly HashSet<string> _names = [.. userNames.Select(name => UserNames.Fold(name)!)];

    public bool Names(string userName) => _names.Contains(userName);

    public async Task<bool> Include(Sql sql, UserId user) => Names((await people.Of(sql, user)).UserName);
}

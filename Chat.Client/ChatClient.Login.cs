using Chat.Client.Driving;
using Chat.Contracts;

namespace Chat.Client;

public sealed partial class ChatClient
{
    /// <summary>
    /// Logs in, and stays logged in. Waits for a server that cannot be reached yet; cancelling gives up for good. Everything that happens after it
    /// has returned is told. Keep the <see cref="Session.Token"/> to come back without the password.
    /// </summary>
    /// <exception cref="ChatRefusedException"><c>wrongCredentials</c>, <c>unsupportedVersion</c>. The client may log in again.</exception>
    /// <exception cref="InvalidOperationException">This client is logged in, or about to be.</exception>
    public Task<Session> LogInAsync(string userName, string password, CancellationToken cancel = default) =>
        Begin(new LogIn { UserName = userName, Password = password, Device = _options.Device }, cancel);

    /// <summary>Makes a user, and logs in.</summary>
    /// <param name="userName">A letter or digit, then letters, digits, <c>.</c>, <c>_</c> or <c>-</c>; 2 to 32 characters.</param>
    /// <param name="password">8 to 1,024 bytes of UTF-8; not one of the common ones.</param>
    /// <param name="displayName">1 to 64 characters; the user name where it is left out.</param>
    /// <param name="cancel">Gives up for good; whether the user was made is not known then.</param>
    /// <exception cref="ChatRefusedException"><c>userNameTaken</c>, <c>registrationClosed</c>, <c>invalid</c> with the field.</exception>
    /// <exception cref="InvalidOperationException">This client is logged in, or about to be.</exception>
    public Task<Session> RegisterAsync(string userName, string password, string? displayName = null, CancellationToken cancel = default) =>
        Begin(new Register { UserName = userName, Password = password, DisplayName = displayName, Device = _options.Device }, cancel);

    /// <summary>Goes on with the session of an earlier log-in.</summary>
    /// <exception cref="ChatRefusedException"><c>sessionEnded</c>: log in again.</exception>
    /// <exception cref="InvalidOperationException">This client is logged in, or about to be.</exception>
    public Task<Session> ResumeAsync(string token, CancellationToken cancel = default) => Begin(new Resume { Token = token }, cancel);

    /// <summary>Ends the session, here and on the server. Does nothing where nobody is logged in.</summary>
    /// <param name="everywhere">Ends every session of the user.</param>
    public async Task LogOutAsync(bool everywhere = false, CancellationToken cancel = default)
    {
        if (Present is not { State: not ChatState.Ended } driver) return;
        try
        {
            await Ask(hub => hub.LogOut(new LogOut { Everywhere = everywhere }), cancel).ConfigureAwait(false);
        }
        catch (ChatRefusedException ended) when (ended.Is(Refusal.SessionEnded))
        {
            // The news of the end may be faster than the answer, and means the same.
        }
        await driver.DisposeAsync().AsTask().WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>All sessions of the user, this one among them.</summary>
    public async Task<IReadOnlyList<SessionRow>> SessionsAsync(CancellationToken cancel = default) =>
        (await Ask(hub => hub.ListSessions(new ListSessions()), cancel).ConfigureAwait(false)).Items;

    /// <summary>Ends a session of the user, on whatever device it is.</summary>
    /// <exception cref="ChatRefusedException"><c>noSuchSession</c>; <c>outcomeUnknown</c> where the connection broke meanwhile.</exception>
    public Task EndSessionAsync(SessionId session, CancellationToken cancel = default) =>
        AskOnce(hub => hub.EndSession(new EndSession { SessionId = session }), cancel);

    /// <summary>Gives the user another password, and ends every other session of the user.</summary>
    /// <exception cref="ChatRefusedException"><c>wrongCredentials</c>; <c>outcomeUnknown</c> where the connection broke meanwhile.</exception>
    public Task ChangePasswordAsync(string currentPassword, string newPassword, CancellationToken cancel = default) =>
        AskOnce(hub => hub.ChangePassword(new ChangePassword { Current = currentPassword, New = newPassword }), cancel);

    private async Task<Session> Begin(Greeting greeting, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Driver driver;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_driver is { State: not ChatState.Ended }) throw new InvalidOperationException("This client is logged in, or about to be; log out first.");
            _me = null;
            _driver = driver = new(greeting, _options, _events, _feeds, _logger);
        }
        try
        {
            return await driver.Ready.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await driver.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}

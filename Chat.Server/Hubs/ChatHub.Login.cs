using Chat.Contracts;
using Chat.Server.Web;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Hubs;

internal sealed partial class ChatHub
{
    public async Task<Answer<Session>> Register(Register request) => await arrival.Of(Connection, await entrance.Register(request, Address));

    public async Task<Answer<Session>> LogIn(LogIn request) => await arrival.Of(Connection, await entrance.LogIn(request, Address));

    public async Task<Answer<Session>> Resume(Resume request) =>
        await arrival.Of(Connection, await entrance.Resume(request, SessionCookie.From(Context.GetHttpContext()!), Address));

    public Task<Answer<Done>> LogOut(LogOut request) => sessions.LogOut(Caller, CallersSession, request);

    public Task<Answer<SessionPage>> ListSessions(ListSessions request) => sessions.List(Caller, CallersSession);

    public Task<Answer<Done>> EndSession(EndSession request) => sessions.End(Caller, request);

    public Task<Answer<Done>> ChangePassword(ChangePassword request) => passwordChange.Change(Caller, CallersSession, request, Address);
}

using System.Reflection;
using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Storage;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Hubs;

/// <summary>
/// What every call passes before it reaches the hub: is it readable, is the server staying, is somebody logged in, is it not too much?
/// And the other way: a fault of the storage becomes the refusal it stands for.
/// </summary>
internal sealed class Doorman(RateLimits limits, Drain drain) : IHubFilter
{
    private static readonly HashSet<string> Anonymous = [.. typeof(IChatHub).GetMethods()
        .Where(method => method.GetCustomAttribute<AnonymousAttribute>() is not null)
        .Select(method => method.Name)];

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!drain.Enter()) return Refuse(Refusal.ServerBusy);
        try
        {
            var connection = context.Context.Features.Get<Connection>()!;
            using var call = connection.Call();
            if (limits.Check(context.HubMethodName, connection) is { } tooMany) return Refuse(tooMany);
            if (context.HubMethodArguments is [Unbindable unbindable]) return Refuse(unbindable.Refusal);
            if (context.HubMethodArguments is [null]) return Refuse(Refusal.Invalid);
            if (connection.HasEnded) return Refuse(Refusal.SessionEnded);
            if (connection.IsClosed) return Refuse(Refusal.ServerBusy); // for another reason than the session's end: the client comes back and asks again
            if (Anonymous.Contains(context.HubMethodName) == connection.User is not null)
                return Refuse(connection.User is null ? Refusal.NotLoggedIn : Refusal.AlreadyLoggedIn);
            Proviso.Current = () => connection.HasEnded ? Refusal.SessionEnded : null;
            return await next(context);
        }
        catch (StorageFault fault)
        {
            return Refuse(fault.Refusal);
        }
        finally
        {
            drain.Leave();
        }
    }

    // On the wire every refused answer looks the same, whatever value it might have had.
    private static Answer<Done> Refuse(Refusal refusal) => refusal;
}

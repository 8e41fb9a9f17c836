using Chat.Contracts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Delivery;

/// <summary>One call on clients, encoded once for each hub protocol however many connections it goes to.</summary>
internal sealed class Frame(string method, object argument)
{
    public string Method => method;

    public object Argument => argument;

    public SerializedHubMessage Encoded { get; } = new(new InvocationMessage(method, [argument]));

    /// <summary>Of two waiting frames that are equal in this, only the newer is worth sending.</summary>
    public object? Kind => argument switch
    {
        TypingNotice notice => (method, notice.Person.User, notice.Conversation),
        ReadNotice notice => (method, notice.Person.User, notice.Conversation),
        PresenceNotice notice => (method, notice.Person.User),
        Profile profile => (method, profile.User),
        _ => null,
    };
}

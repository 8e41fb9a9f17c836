using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.MessagePack;

/// <summary>How a server, or a client, gets the protocol.</summary>
public static class ChatMessagePackExtensions
{
    /// <summary>
    /// Adds the protocol "messagepack". A server then offers it beside JSON; a client speaks it instead of JSON. Payloads follow the options of
    /// the JSON protocol, <see cref="JsonHubProtocolOptions.PayloadSerializerOptions"/>: there is nothing else to configure.
    /// </summary>
    public static TBuilder AddChatMessagePack<TBuilder>(this TBuilder builder)
        where TBuilder : ISignalRBuilder
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>(services =>
            new MessagePackHubProtocol(services.GetRequiredService<IOptions<JsonHubProtocolOptions>>().Value.PayloadSerializerOptions)));
        return builder;
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Chat.Contracts;
using Chat.Contracts.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Contracts;

/// <summary>The frames in docs/protocol.md are read by SignalR's own reader, and say nothing that the contract does not know.</summary>
public sealed class ProtocolFramesTests
{
    private static readonly JsonSerializerOptions Strict = new(ChatJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static TheoryData<string> Frames => [.. ProtocolDocument.Frames().Where(frame => !frame.StartsWith("""{"protocol""", StringComparison.Ordinal))];

    [Fact]
    public void The_handshake_is_one()
    {
        var bytes = Bytes(ProtocolDocument.Frames()[0]);

        HandshakeProtocol.TryParseRequestMessage(ref bytes, out var handshake).Should().BeTrue();
        handshake!.Protocol.Should().Be("json");
        handshake.Version.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_is_one_and_says_what_the_contract_says(string frame)
    {
        var bytes = Bytes(frame);
        var binder = new ContractBinder(frame);

        new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = Strict }))
            .TryParseMessage(ref bytes, binder, out var message).Should().BeTrue();

        message.Should().NotBeOfType<InvocationBindingFailureMessage>();
        (message as CompletionMessage)?.Error.Should().BeNull();
        var said = message switch
        {
            InvocationMessage invocation => JsonSerializer.Serialize(invocation.Arguments.Single(), Strict),
            CompletionMessage completion => JsonSerializer.Serialize(completion.Result, Strict),
            _ => null,
        };
        var written = JsonNode.Parse(frame)!;
        if (said is not null) JsonNode.DeepEquals(JsonNode.Parse(said), written["arguments"]?[0] ?? written["result"]).Should().BeTrue("it should be all of {0}", frame);
    }

    private static ReadOnlySequence<byte> Bytes(string frame) => new(Encoding.UTF8.GetBytes(frame + '\u001e'));

    private sealed class ContractBinder(string frame) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            [Contract.Methods.SingleOrDefault(method => method.Name == methodName)?.Request ?? Contract.Events.Single(one => one.Name == methodName).Argument];

        // A completion does not say what it completes; those that are shown are of the one method, or refusals.
        public Type GetReturnType(string invocationId) => frame.Contains("\"value\":null", StringComparison.Ordinal) ? typeof(Answer<Done>) : typeof(Answer<Receipt>);

        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}

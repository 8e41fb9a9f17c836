using System.Buffers;
using BenchmarkDotNet.Attributes;
using Chat.Contracts;
using Chat.MessagePack;
using Chat.Server.Hubs;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Bench.Micro;

/// <summary>Encoding what is told, once for each fan-out, and decoding what is sent, once for each call.</summary>
[MemoryDiagnoser]
public class Wording
{
    private readonly InvocationMessage _one = Samples.Told(1);
    private readonly InvocationMessage _hundred = Samples.Told(100);
    private readonly Binding _binding = new();
    private IHubProtocol _protocol = null!;
    private byte[] _sent = [];

    [Params("json", "messagepack")]
    public string Protocol { get; set; } = "json";

    [GlobalSetup]
    public void Begin()
    {
        _protocol = Protocol == "json"
            ? new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options }))
            : new MessagePackHubProtocol(WireJson.Options);
        _sent = _protocol.GetMessageBytes(Samples.Sent()).ToArray();
    }

    [Benchmark]
    public int EncodeOneMessage() => _protocol.GetMessageBytes(_one).Length;

    [Benchmark]
    public int EncodeAHundredMessages() => _protocol.GetMessageBytes(_hundred).Length;

    [Benchmark]
    public bool DecodeASend()
    {
        ReadOnlySequence<byte> input = new(_sent);
        return _protocol.TryParseMessage(ref input, _binding, out _);
    }

    private sealed class Binding : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(SendMessage)];
        public Type GetReturnType(string invocationId) => throw new NotSupportedException();
        public Type GetStreamItemType(string streamId) => throw new NotSupportedException();
    }
}

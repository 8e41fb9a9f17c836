using System.Buffers;
using System.Text;
using Chat.Server.Hubs;
using Chat.Tests.Contracts;
using Chat.Tests.Safety;
using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Faults;

/// <summary>
/// Every call of the contract with something wrong in its bytes, through the server's own reading of JSON.
/// CHAT_FUZZ_FRAMES says how many (100,000), CHAT_FUZZ_SEED which ones. MessagePack's are in <see cref="MessagePack.MutatedFrames"/>.
/// </summary>
[Collection(nameof(Alone))]
public sealed class JsonFrames
{
    private const int MostMemory = 10_000_000;
    private static readonly int Count = Size.Of("CHAT_FUZZ_FRAMES", 100_000);
    private static readonly int Seed = Size.Of("CHAT_FUZZ_SEED", Random.Shared.Next(1, int.MaxValue));

    private static readonly byte[][] Calls = [.. Contract.Methods.Select(method =>
        Encoding.UTF8.GetBytes(RawConnection.Frame(method.Name, "1", RawConnection.ToJson(Specimen.Of(method.Request))) + RawConnection.End))];

    private static readonly RefusingProtocol Protocol =
        new(new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = WireJson.Options })));

    [Fact]
    public void Broken_calls_are_read_or_invalid_and_nothing_else()
    {
        Random random = new(Seed);
        var (read, invalid) = (0, 0);
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        for (var number = 0; number < Count; number++)
        {
            var frame = Mutations.Broken(Calls[random.Next(Calls.Length)], random);
            try
            {
                if (Read(frame) > 0) read++;
            }
            catch (InvalidDataException)
            {
                invalid++;
            }
            catch (Exception leaked)
            {
                throw new InvalidOperationException($"CHAT_FUZZ_SEED={Seed}, frame {number}: {Encoding.UTF8.GetString(frame)}", leaked);
            }
        }

        (GC.GetTotalMemory(forceFullCollection: true) - memory).Should().BeLessThan(MostMemory);
        read.Should().BeGreaterThan(Count / 20, "else the mutations would be too coarse to reach far");
        invalid.Should().BeGreaterThan(Count / 20);
    }

    [Theory]
    [InlineData("target")]
    [InlineData("invocationId")]
    public void Text_that_is_not_UTF8_is_the_senders_fault(string field)
    {
        byte[] frame = [.. Encoding.UTF8.GetBytes($$"""{"type":1,"{{field}}":"x"""), 0xe2, .. Encoding.UTF8.GetBytes($"\",\"arguments\":[{{}}]}}{RawConnection.End}")];

        FluentActions.Invoking(() => Read(frame)).Should().Throw<InvalidDataException>();
    }

    [Theory]
    [InlineData("1E4")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void A_type_that_is_no_whole_number_is_the_senders_fault(string type) =>
        FluentActions.Invoking(() => Read(Encoding.UTF8.GetBytes($$"""{"type":{{type}},"target":"LogOut","arguments":[{}]}{{RawConnection.End}}"""))).Should().Throw<InvalidDataException>();

    private static int Read(byte[] frame)
    {
        ReadOnlySequence<byte> input = new(frame);
        var messages = 0;
        for (; Protocol.TryParseMessage(ref input, new ContractBinder(), out var message); messages++) message.Should().NotBeNull();
        return messages;
    }

    /// <summary>Knows the hub's methods, as SignalR's dispatcher does.</summary>
    private sealed class ContractBinder : IInvocationBinder
    {
        private static readonly Dictionary<string, Type> Requests = Contract.Methods.ToDictionary(method => method.Name, method => method.Request);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            Requests.TryGetValue(methodName, out var request) ? [request] : throw new HubException("There is no such method.");

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}

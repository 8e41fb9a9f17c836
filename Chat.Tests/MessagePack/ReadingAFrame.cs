using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

public sealed class ReadingAFrame
{
    private const string Xyz = "a3 78 79 7a";
    private const string Method = "a6 6d 65 74 68 6f 64";

    [Fact]
    public void An_empty_id_means_that_no_answer_is_wanted() =>
        Wire.Read($"96 01 80 a0 {Method} 91 2a 90").Should().BeOfType<InvocationMessage>().Which.InvocationId.Should().BeNull();

    [Fact]
    public void An_invocation_of_an_old_client_has_no_stream_ids() =>
        Wire.Read($"95 01 80 {Xyz} {Method} 91 2a").Should().BeOfType<InvocationMessage>().Which.StreamIds.Should().BeNull();

    [Fact]
    public void A_stream_invocation_of_an_old_client_has_no_stream_ids() =>
        Wire.Read($"95 04 80 {Xyz} {Method} 91 2a").Should().BeOfType<StreamInvocationMessage>().Which.StreamIds.Should().BeNull();

    [Theory]
    [InlineData($"98 01 80 {Xyz} {Method} 91 2a 90 81 a1 78 c0 c3")]
    [InlineData($"97 04 80 {Xyz} {Method} 91 2a 90 c0")]
    [InlineData($"95 02 80 {Xyz} 2a c0")]
    [InlineData($"96 03 80 {Xyz} 03 2a c0")]
    [InlineData($"95 03 80 {Xyz} 02 c0")]
    [InlineData($"94 05 80 {Xyz} c0")]
    [InlineData("92 06 c0")]
    [InlineData("94 07 c0 c2 c0")]
    [InlineData("93 08 24 c0")]
    public void Elements_that_a_later_version_adds_are_left_alone(string body) => Wire.Read(body).Should().NotBeNull();

    [Theory]
    [InlineData("91 0a")]
    [InlineData("92 00 c0")]
    [InlineData("93 ff 80 c0")]
    [InlineData("91 cf 00 00 00 01 00 00 00 06")]
    public void A_message_of_an_unknown_type_is_ignored(string body) => Wire.Read(body).Should().BeNull();

    [Fact]
    public void What_follows_a_message_of_an_unknown_type_is_read() =>
        Wire.Parse([.. Wire.Framed([0x91, 0x0a]), .. Wire.Framed([0x91, 0x63]), .. Wire.Framed([0x91, 0x06])]).Should().BeOfType<PingMessage>();

    [Fact]
    public void Frames_are_taken_one_by_one()
    {
        var input = new ReadOnlySequence<byte>([.. Wire.Framed([0x91, 0x06]), .. Wire.Framed([0x92, 0x08, 0x01]), 0x02, 0x91]);

        Wire.Protocol.TryParseMessage(ref input, new Binder(), out var first).Should().BeTrue();
        Wire.Protocol.TryParseMessage(ref input, new Binder(), out var second).Should().BeTrue();
        Wire.Protocol.TryParseMessage(ref input, new Binder(), out _).Should().BeFalse("the third is not whole yet");

        (first, second).Should().BeEquivalentTo((PingMessage.Instance, new AckMessage(1)));
        input.Length.Should().Be(2);
    }

    [Fact]
    public void A_frame_may_come_in_pieces_of_one_byte()
    {
        foreach (var (name, body) in Frames.All)
        {
            var frame = Wire.Framed(body);
            var input = Wire.InPieces(frame);

            Wire.Protocol.TryParseMessage(ref input, new Binder(), out var message).Should().BeTrue(name);

            message.Should().BeOfType(Wire.Parse(frame)!.GetType());
            input.IsEmpty.Should().BeTrue();
        }
    }

    [Fact]
    public void A_raw_result_is_handed_on_as_it_came()
    {
        var completion = Wire.Read("95 03 80 a3 72 61 77 03 82 a1 78 c7 01 05 ff a1 78 ca 3f 80 00 00").Should().BeOfType<CompletionMessage>().Which;

        var raw = completion.Result.Should().BeOfType<RawResult>().Which;
        Wire.Hex(raw.RawSerializedData.ToArray()).Should().Be("82 a1 78 c7 01 05 ff a1 78 ca 3f 80 00 00");
        Wire.Hex(Wire.BodyOf(completion)).Should().Be("95 03 80 a3 72 61 77 03 82 a1 78 c7 01 05 ff a1 78 ca 3f 80 00 00");
    }

    [Fact]
    public void The_result_of_an_invocation_that_nobody_waits_for_is_still_told() =>
        Wire.Read("95 03 80 a1 3f 03 2a").Should().BeEquivalentTo(CompletionMessage.WithResult("?", null));

    [Theory]
    [InlineData("7f", "127")]
    [InlineData("e0", "-32")]
    [InlineData("cc ff", "255")]
    [InlineData("cd ff ff", "65535")]
    [InlineData("ce ff ff ff ff", "4294967295")]
    [InlineData("cf 7f ff ff ff ff ff ff ff", "9223372036854775807")]
    [InlineData("cf ff ff ff ff ff ff ff ff", "18446744073709551615")]
    [InlineData("d0 80", "-128")]
    [InlineData("d1 80 00", "-32768")]
    [InlineData("d2 80 00 00 00", "-2147483648")]
    [InlineData("d3 80 00 00 00 00 00 00 00", "-9223372036854775808")]
    [InlineData("ca 3d cc cc cd", "0.1")]
    [InlineData("cb 3f b9 99 99 99 99 99 9a", "0.1")]
    [InlineData("cb 40 14 00 00 00 00 00 00", "5")]
    [InlineData("cb 7f ef ff ff ff ff ff ff", "1.7976931348623157E+308")]
    [InlineData("c0", "null")]
    [InlineData("c2", "false")]
    [InlineData("c3", "true")]
    [InlineData("a0", "\"\"")]
    [InlineData("d9 01 61", "\"a\"")]
    [InlineData("da 00 01 61", "\"a\"")]
    [InlineData("db 00 00 00 01 61", "\"a\"")]
    [InlineData("a4 22 5c 0a 00", """
        "\u0022\u005c\u000a\u0000"
        """)]
    [InlineData("a4 f0 9f 98 80", "\"😀\"")]
    [InlineData("c4 00", "\"\"")]
    [InlineData("c4 02 fb ff", "\"+/8=\"")]
    [InlineData("c5 00 01 00", "\"AA==\"")]
    [InlineData("c6 00 00 00 01 00", "\"AA==\"")]
    [InlineData("90", "[]")]
    [InlineData("93 01 c0 91 a1 61", "[1,null,[\"a\"]]")]
    [InlineData("dc 00 02 01 02", "[1,2]")]
    [InlineData("dd 00 00 00 02 01 02", "[1,2]")]
    [InlineData("80", "{}")]
    [InlineData("82 a1 61 01 a1 62 81 a1 63 c3", """{"a":1,"b":{"c":true}}""")]
    [InlineData("de 00 01 a1 61 01", """{"a":1}""")]
    [InlineData("df 00 00 00 01 a1 61 01", """{"a":1}""")]
    public void A_value_means_what_its_json_says(string value, string json) =>
        Wire.Read($"94 02 80 a4 6a 73 6f 6e {value}").Should().BeOfType<StreamItemMessage>()
            .Which.Item.Should().BeOfType<JsonElement>().Which.GetRawText().Should().Be(json);

    [Fact]
    public void Versions_1_and_2_are_spoken() =>
        Enumerable.Range(0, 5).Where(Wire.Protocol.IsVersionSupported).Should().Equal(1, 2);

    [Fact]
    public void The_binder_is_asked_for_the_name_of_a_method_it_knows()
    {
        var binder = new NamingBinder();
        var input = new ReadOnlySequence<byte>(Wire.Framed(Wire.Bytes($"96 01 80 c0 {Method} 91 2a 90")));

        Wire.Protocol.TryParseMessage(ref input, binder, out var message);

        message.Should().BeOfType<InvocationMessage>().Which.Target.Should().BeSameAs(NamingBinder.Name);
    }

    private sealed class NamingBinder : Microsoft.AspNetCore.SignalR.IInvocationBinder
    {
        public static readonly string Name = new("method");

        public string GetTarget(ReadOnlySpan<byte> utf8Bytes) => utf8Bytes.SequenceEqual("method"u8) ? Name : "?";

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [typeof(int)];

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}

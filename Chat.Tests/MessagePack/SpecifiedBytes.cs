using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

/// <summary>The examples of the specification, byte for byte, written and read.</summary>
public sealed class SpecifiedBytes
{
    private const string Xyz = "a3 78 79 7a";
    private const string Method = "a6 6d 65 74 68 6f 64";

    [Fact]
    public void A_ping_is_two_bytes()
    {
        Wire.Hex(Wire.BodyOf(PingMessage.Instance)).Should().Be("91 06");
        Wire.Read("91 06").Should().BeOfType<PingMessage>();
    }

    [Fact]
    public void A_frame_begins_with_its_length() =>
        Wire.Hex(Wire.Protocol.GetMessageBytes(PingMessage.Instance).Span).Should().Be("02 91 06");

    [Fact]
    public void An_invocation_has_six_elements() => BothWays(
        new InvocationMessage("xyz", "method", [42]), $"96 01 80 {Xyz} {Method} 91 2a 90");

    [Fact]
    public void An_invocation_that_wants_no_answer_has_nil_for_an_id() => BothWays(
        new InvocationMessage("method", [42]), $"96 01 80 c0 {Method} 91 2a 90");

    [Fact]
    public void An_invocation_may_bring_streams() => BothWays(
        new InvocationMessage("xyz", "method", [42], ["1", "2"]), $"96 01 80 {Xyz} {Method} 91 2a 92 a1 31 a1 32");

    [Fact]
    public void A_message_may_carry_headers() => BothWays(
        new InvocationMessage("xyz", "method", [42]) { Headers = new Dictionary<string, string> { ["x"] = "y", ["z"] = "z" } },
        $"96 01 82 a1 78 a1 79 a1 7a a1 7a {Xyz} {Method} 91 2a 90");

    [Fact]
    public void A_stream_invocation_has_six_elements() => BothWays(
        new StreamInvocationMessage("xyz", "method", [42]), $"96 04 80 {Xyz} {Method} 91 2a 90");

    [Fact]
    public void A_stream_item_has_four_elements() => BothWays(
        new StreamItemMessage("xyz", 42), $"94 02 80 {Xyz} 2a");

    [Fact]
    public void A_completion_with_an_error_is_of_kind_1() => BothWays(
        CompletionMessage.WithError("xyz", "Error"), $"95 03 80 {Xyz} 01 a5 45 72 72 6f 72");

    [Fact]
    public void A_completion_without_a_result_is_of_kind_2() => BothWays(
        CompletionMessage.Empty("xyz"), $"94 03 80 {Xyz} 02");

    [Fact]
    public void A_completion_with_a_result_is_of_kind_3() => BothWays(
        CompletionMessage.WithResult("xyz", 42), $"95 03 80 {Xyz} 03 2a");

    [Fact]
    public void A_cancellation_has_three_elements() => BothWays(
        new CancelInvocationMessage("xyz"), $"93 05 80 {Xyz}");

    [Fact]
    public void A_close_has_three_elements() => BothWays(
        new CloseMessage("xyz", allowReconnect: true), $"93 07 {Xyz} c3");

    [Fact]
    public void A_close_without_an_error_has_nil_for_it() => BothWays(
        new CloseMessage(null), "93 07 c0 c2");

    [Fact]
    public void A_close_of_two_elements_allows_no_reconnect() =>
        Wire.Read($"92 07 {Xyz}").Should().BeEquivalentTo(new CloseMessage("xyz", allowReconnect: false));

    [Fact]
    public void An_acknowledgement_has_two_elements() => BothWays(
        new AckMessage(0x24), "92 08 24");

    [Fact]
    public void An_acknowledgement_may_use_any_size_of_integer() =>
        Wire.Read("92 08 cc 24").Should().BeEquivalentTo(new AckMessage(0x24));

    [Fact]
    public void A_sequence_has_two_elements() => BothWays(
        new SequenceMessage(0x13), "92 09 13");

    [Theory]
    [InlineData(0, "00")]
    [InlineData(53, "35")]
    [InlineData(127, "7f")]
    [InlineData(128, "80 01")]
    [InlineData(5248, "80 29")]
    [InlineData(16_384, "80 80 01")]
    [InlineData(2_097_152, "80 80 80 01")]
    public void A_length_is_a_varint(int length, string prefix) =>
        Wire.Framed(new byte[length]).Should().StartWith(Wire.Bytes(prefix)).And.HaveCount(length + Wire.Bytes(prefix).Length);

    private static void BothWays(HubMessage message, string body)
    {
        Wire.Hex(Wire.BodyOf(message)).Should().Be(body);
        Wire.Read(body).Should().BeOfType(message.GetType()).And.BeEquivalentTo(message, options => options.RespectingRuntimeTypes());
    }
}

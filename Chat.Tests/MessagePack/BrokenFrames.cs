using System.Buffers;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

public sealed class BrokenFrames
{
    private const string Xyz = "a3 78 79 7a";
    private const string Method = "a6 6d 65 74 68 6f 64";

    [Fact]
    public void There_are_forty_good_frames_to_break()
    {
        Frames.All.Should().HaveCount(40);
        Frames.All.Should().OnlyContain(frame => Wire.Read(frame.Body) != null);
    }

    [Fact]
    public void A_frame_cut_anywhere_is_not_a_whole_frame_yet()
    {
        foreach (var (name, body) in Frames.All)
        {
            var frame = Wire.Framed(body);
            for (var length = 0; length < frame.Length; length++)
            {
                var input = new ReadOnlySequence<byte>(frame, 0, length);

                Wire.Protocol.TryParseMessage(ref input, new Binder(), out _).Should().BeFalse($"{name} is cut to {length} bytes");
                input.Length.Should().Be(length, "nothing is taken");
            }
        }
    }

    [Fact]
    public void A_body_cut_anywhere_is_broken()
    {
        foreach (var (name, body) in Frames.All)
        {
            for (var length = 0; length < body.Length; length += length < 1_000 ? 1 : 997)
            {
                Wire.Reading(body[..length]).Should().ThrowExactly<InvalidDataException>($"{name} is cut to {length} bytes");
            }
        }
    }

    [Fact]
    public void A_body_that_goes_on_after_its_message_is_broken() => Wire.Reading("91 06 c0").Should().ThrowExactly<InvalidDataException>();

    [Theory]
    [InlineData("ff ff ff ff 08")]
    [InlineData("ff ff ff ff ff")]
    [InlineData("80 80 80 80 80 01")]
    public void A_length_of_more_than_31_bits_is_refused(string prefix)
    {
        Action reading = () => Wire.Parse(Wire.Bytes(prefix));
        reading.Should().ThrowExactly<InvalidDataException>();
    }

    [Fact]
    public void The_greatest_length_is_waited_for() => Wire.Parse(Wire.Bytes("ff ff ff ff 07 91 06")).Should().BeNull();

    [Theory]
    [InlineData("06", "not an array")]
    [InlineData("90", "no type")]
    [InlineData("91 a1 31", "a type that is a text")]
    [InlineData("91 c1", "a byte that is never used")]
    [InlineData($"94 01 80 {Xyz} {Method}", "no arguments")]
    [InlineData($"96 01 90 {Xyz} {Method} 91 2a 90", "headers that are an array")]
    [InlineData($"96 01 c0 {Xyz} {Method} 91 2a 90", "headers that are nil")]
    [InlineData($"96 01 81 01 a1 78 {Xyz} {Method} 91 2a 90", "a header named by a number")]
    [InlineData($"96 01 81 a1 78 c0 {Xyz} {Method} 91 2a 90", "a header of nil")]
    [InlineData($"96 01 80 01 {Method} 91 2a 90", "an id that is a number")]
    [InlineData($"96 01 80 a2 c3 28 {Method} 91 2a 90", "an id that is not UTF-8")]
    [InlineData($"96 01 80 {Xyz} c0 91 2a 90", "a target of nil")]
    [InlineData($"96 01 80 {Xyz} a2 c3 28 91 2a 90", "a target that is not UTF-8")]
    [InlineData($"96 01 80 {Xyz} {Method} 80 90", "arguments that are a map")]
    [InlineData($"96 01 80 {Xyz} {Method} 91 2a 80", "stream ids that are a map")]
    [InlineData($"96 01 80 {Xyz} {Method} 91 2a 91 c0", "a stream id of nil")]
    [InlineData($"96 04 80 c0 {Method} 91 2a 90", "a stream invocation without an id")]
    [InlineData($"96 04 80 a0 {Method} 91 2a 90", "a stream invocation with an empty id")]
    [InlineData("94 02 80 c0 2a", "a stream item without an id")]
    [InlineData($"93 02 80 {Xyz}", "a stream item without an item")]
    [InlineData("94 03 80 c0 02", "a completion without an id")]
    [InlineData($"93 03 80 {Xyz}", "a completion without a kind")]
    [InlineData($"94 03 80 {Xyz} 01", "an error that is absent")]
    [InlineData($"94 03 80 {Xyz} 03", "a result that is absent")]
    [InlineData($"95 03 80 {Xyz} 01 c0", "an error of nil")]
    [InlineData($"95 03 80 {Xyz} 04 c0", "a kind of result that does not exist")]
    [InlineData($"95 03 80 {Xyz} cf 00 00 00 01 00 00 00 03 c0", "a kind of more than 32 bits")]
    [InlineData("93 05 80 c0", "a cancellation without an id")]
    [InlineData("92 05 80", "a cancellation of two elements")]
    [InlineData("91 07", "a close of one element")]
    [InlineData("93 07 01 c3", "an error that is a number")]
    [InlineData("93 07 c0 01", "a reconnect that is a number")]
    [InlineData("91 08", "an acknowledgement of nothing")]
    [InlineData("92 08 cf ff ff ff ff ff ff ff ff", "a sequence id of more than 63 bits")]
    [InlineData("92 09 a1 31", "a sequence id that is a text")]
    public void A_message_must_be_as_its_type_says(string body, string because) =>
        Wire.Reading(body).Should().ThrowExactly<InvalidDataException>(because);

    [Theory]
    [InlineData("dd ff ff ff ff")]
    [InlineData("df ff ff ff ff")]
    [InlineData("db ff ff ff ff")]
    [InlineData("c6 ff ff ff ff")]
    [InlineData("c9 ff ff ff ff 01")]
    [InlineData("dd 7f ff ff ff")]
    [InlineData("df 7f ff ff ff")]
    [InlineData("df 80 00 00 01")]
    [InlineData("db 7f ff ff ff")]
    [InlineData("dc ff ff")]
    [InlineData("de ff ff")]
    public void A_count_is_believed_only_when_there_are_bytes_for_it(string head)
    {
        string[] bodies =
        [
            head,
            $"96 {head}",
            $"96 01 {head} {Xyz} {Method} 91 2a 90",
            $"96 01 81 {head} a1 78 {Xyz} {Method} 91 2a 90",
            $"96 01 80 {head} {Method} 91 2a 90",
            $"96 01 80 {Xyz} {head} 91 2a 90",
            $"96 01 80 {Xyz} {Method} {head} 2a 90",
            $"96 01 80 {Xyz} {Method} 91 {head} 90",
            $"96 01 80 {Xyz} {Method} 91 2a {head}",
            $"97 01 80 {Xyz} {Method} 91 2a 90 {head}",
            $"95 03 80 a3 72 61 77 03 {head}",
        ];
        foreach (var body in bodies)
        {
            var frame = Wire.Framed(Wire.Bytes(body));
            AllocatedBy(() => Wire.Parse(frame)).Should().BeLessThan(64 * 1024, body);
            Wire.Reading(body).Should().ThrowExactly<InvalidDataException>(body);
        }
    }

    [Theory]
    [InlineData("", "91", "c0")]
    [InlineData("", "81 a0", "c0")]
    [InlineData($"96 01 80 {Xyz} a4 6a 73 6f 6e 91", "91", "c0 90")]
    [InlineData($"96 01 80 {Xyz} a4 6a 73 6f 6e 91", "81 a1 61", "c0 90")]
    [InlineData($"96 01 80 {Xyz} a4 6a 73 6f 6e 91", "81", "c0 90")]
    [InlineData($"97 01 80 {Xyz} {Method} 91 2a 90", "dd 00 00 00 01", "c0")]
    [InlineData("95 03 80 a3 72 61 77 03", "91", "c0")]
    [InlineData("96 01", "81", $"c0 {Xyz} {Method} 91 2a 90")]
    public void Nesting_100_000_deep_is_refused_and_costs_nothing(string before, string nested, string after)
    {
        byte[] body = [.. Wire.Bytes(before), .. Enumerable.Repeat(Wire.Bytes(nested), 100_000).SelectMany(bytes => bytes), .. Wire.Bytes(after)];
        var frame = Wire.Framed(body);

        AllocatedBy(() => Wire.Parse(frame)).Should().BeLessThan(64 * 1024);
        Wire.Reading(body).Should().ThrowExactly<InvalidDataException>();
    }

    [Theory]
    [InlineData(62, false)]
    [InlineData(63, true)]
    public void Arrays_stand_64_deep_in_each_other_the_messages_own_two_included(int depth, bool broken)
    {
        byte[] body = [.. Wire.Bytes($"95 01 80 {Xyz} a4 6a 73 6f 6e 91"), .. Enumerable.Repeat((byte)0x91, depth - 1), 0x90];

        if (broken) Wire.Reading(body).Should().ThrowExactly<InvalidDataException>();
        else Wire.Read(body).Should().BeOfType<InvocationMessage>().Which.Arguments.Single().Should().BeOfType<JsonElement>();
    }

    [Fact]
    public void A_frame_takes_no_more_memory_than_a_few_times_its_length()
    {
        byte[] controls = [.. Wire.Bytes("94 02 80 a4 74 65 78 74 da 80 00"), .. new byte[0x8000]]; // each byte is six in JSON
        var frame = Wire.Framed(controls);

        AllocatedBy(() => Wire.Parse(frame)).Should().BeLessThan(10 * frame.Length);
    }

    [Fact]
    public void A_header_twice_is_the_last_one() =>
        Wire.Read($"93 05 82 a1 78 a1 79 a1 78 a1 7a {Xyz}").Should().BeOfType<CancelInvocationMessage>()
            .Which.Headers.Should().Equal(new Dictionary<string, string> { ["x"] = "z" });

    [Fact]
    public void What_does_not_travel_is_not_written()
    {
        Action writing = () => Wire.BodyOf(new StreamBindingFailureMessage("xyz", ExceptionDispatchInfo.Capture(new JsonException())));
        writing.Should().Throw<InvalidOperationException>();
    }

    // The second time: the first also pays for what is made once.
    private static long AllocatedBy(Action reading)
    {
        var allocated = 0L;
        for (var i = 0; i < 2; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                reading();
            }
            catch (InvalidDataException)
            {
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }
}

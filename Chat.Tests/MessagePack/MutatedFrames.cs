using System.Buffers;
using System.Globalization;
using Chat.Tests.Support;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

/// <summary>
/// Good frames with something wrong: bytes changed, lost, doubled, two frames grown together. CHAT_FUZZ_FRAMES says how many (100,000),
/// CHAT_FUZZ_SEED which ones; a failure names the seed and the bytes.
/// </summary>
[Collection(nameof(Alone))]
public sealed class MutatedFrames
{
    // First bytes of every kind, and the ends of ranges.
    private static readonly byte[] Interesting =
    [
        0x00, 0x01, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0x91, 0x9f, 0xa0, 0xa1, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc,
        0xcd, 0xce, 0xcf, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xff,
    ];

    private static readonly byte[][] Bodies = [.. Frames.All.Select(frame => frame.Body)];

    [Fact]
    public void Are_read_or_are_invalid_data_and_nothing_else()
    {
        var count = Setting("CHAT_FUZZ_FRAMES", 100_000);
        var seed = Setting("CHAT_FUZZ_SEED", Random.Shared.Next());
        var random = new Random(seed);
        var (read, broken) = (0, 0);
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < count; i++)
        {
            var frames = Mutate(random);
            try
            {
                var input = new ReadOnlySequence<byte>(frames);
                while (Wire.Protocol.TryParseMessage(ref input, new Binder(), out var message))
                {
                    read++;
                    WriteAgain(message);
                }
            }
            catch (InvalidDataException)
            {
                broken++;
            }
            catch (Exception leaked)
            {
                throw new InvalidOperationException($"CHAT_FUZZ_SEED={seed}, frame {i}: {Wire.Hex(frames)}", leaked);
            }
        }

        (GC.GetTotalMemory(forceFullCollection: true) - memory).Should().BeLessThan(10_000_000);
        read.Should().BeGreaterThan(count / 20, "else the mutations would be too coarse to reach far");
        broken.Should().BeGreaterThan(count / 20);
    }

    // What was read from bytes that may be anything is fit to be written.
    private static void WriteAgain(HubMessage message)
    {
        if (message is InvocationBindingFailureMessage or StreamBindingFailureMessage) return;

        Wire.Read(Wire.BodyOf(message)).Should().BeOfType(message.GetType());
    }

    private static byte[] Mutate(Random random)
    {
        List<byte> body = [.. Some(random)];
        for (var changes = random.Next(1, 4); changes > 0; changes--) Change(body, random);

        var frame = Wire.Framed([.. body]);
        if (random.Next(8) == 0) frame[random.Next(Math.Min(3, frame.Length))] = (byte)random.Next(256); // the length too
        return random.Next(8) == 0 ? [.. frame, .. Wire.Framed(Some(random))] : frame;
    }

    private static void Change(List<byte> body, Random random)
    {
        if (body.Count == 0) return;

        var at = random.Next(Math.Min(body.Count, random.Next(2) == 0 ? 16 : body.Count));
        switch (random.Next(8))
        {
            case 0: body[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: body[at] = Interesting[random.Next(Interesting.Length)]; break;
            case 2: body[at] += (byte)random.Next(-2, 3); break;
            case 3: body.RemoveRange(at, random.Next(Math.Min(8, body.Count - at) + 1)); break;
            case 4: body.InsertRange(at, body.GetRange(at, random.Next(Math.Min(32, body.Count - at) + 1))); break;
            case 5: body.Insert(at, Interesting[random.Next(Interesting.Length)]); break;
            case 6: body.InsertRange(at, Some(random).Take(random.Next(64))); break;
            case 7: body.RemoveRange(at, body.Count - at); break;
        }
    }

    private static byte[] Some(Random random) => Bodies[random.Next(Bodies.Length)];

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}

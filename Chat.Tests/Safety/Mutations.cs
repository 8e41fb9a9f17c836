using System.Text;
using Chat.Contracts;
using Chat.Tests.Support;

namespace Chat.Tests.Safety;

/// <summary>B13: good frames, broken at random. The seed is named when one of them does harm.</summary>
public sealed class Mutations(House house) : IClassFixture<House>
{
    private const int Frames = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(20260105)]
    public async Task B13_frames_broken_at_random_harm_nobody(int seed)
    {
        Random random = new(seed);
        await using Scene scene = new(house.Server, seed == 1 ? "y" : "x");
        await scene.Call("member", _ => new ListSessions());
        var good = Deeds.All.Select(deed => Encoding.UTF8.GetBytes(RawConnection.Frame(deed.Method, "0", RawConnection.ToJson(deed.Request(scene))) + RawConnection.End)).ToList();
        var visitor = await house.Someone();
        for (var i = 0; i < Frames / 2; i++)
        {
            if (visitor.Connection.IsClosed)
            {
                await visitor.DisposeAsync();
                visitor = await house.Someone();
            }
            await visitor.Connection.SendBytes(Broken(good[random.Next(good.Count)], random));
            if (i % 20 == 0) await IsAnsweredOrClosed(visitor, seed);
        }

        await house.IsWell();
        await house.IsWell(visitor);
        await visitor.DisposeAsync();
    }

    private static async Task IsAnsweredOrClosed(Visitor visitor, int seed)
    {
        await visitor.Connection.SendText($"{RawConnection.End}"); // for a frame that lost its own
        try
        {
            await visitor.Ask(new ListSessions());
        }
        catch (IOException)
        {
            await visitor.Connection.Closed;
        }
        catch (TimeoutException silence)
        {
            throw new InvalidOperationException($"With seed {seed} a connection was neither answered nor closed.", silence);
        }
    }

    internal static byte[] Broken(byte[] frame, Random random)
    {
        List<byte> broken = [.. frame];
        for (var times = random.Next(1, 4); times > 0 && broken.Count > 1; times--)
        {
            var at = random.Next(broken.Count);
            switch (random.Next(6))
            {
                case 0: broken[at] = (byte)random.Next(0x20, 0x7f); break;
                case 1: broken[at] = (byte)random.Next(256); break;
                case 2: broken.RemoveAt(at); break;
                case 3: broken.Insert(at, (byte)"\"{}[],:0\u001e"[random.Next(9)]); break;
                case 4: broken.InsertRange(at, broken.Slice(at, Math.Min(20, broken.Count - at))); break;
                case 5: broken.RemoveRange(at, Math.Min(random.Next(1, 30), broken.Count - at)); break;
            }
        }
        if (random.Next(10) > 0 && broken.LastOrDefault() != 0x1e) broken.Add(0x1e);
        return [.. broken];
    }
}

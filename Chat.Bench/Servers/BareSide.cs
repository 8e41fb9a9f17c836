using System.Net;
using Chat.Bench.Sockets;
using Chat.Bench.Speaking;

namespace Chat.Bench.Servers;

/// <summary>The yardstick.</summary>
internal sealed class BareSide(Loop loop, Speech speech, int? core) : Side(loop, speech)
{
    private readonly IPEndPoint _address = FreePort.Take();
    private int _rooms;

    public override string Name => "bare SignalR";

    public override async Task Start() =>
        Child = await Child.Start(_address, [typeof(BareSide).Assembly.Location, BareServer.Verb, $"http://{_address}"], BareServer.Ready, core);

    public override async Task<IReadOnlyList<Guest>> Gather(int count) =>
        await Each([.. Enumerable.Range(0, count)], async number => new Guest(await Connect(), $"{number}", null));

    public override async Task<string> Meet(IReadOnlyList<Guest> members)
    {
        var room = $"room-{_rooms++}";
        await Each(members, member => member.Wire.Ask<object?>(nameof(BareHub.Join), room));
        return room;
    }

    /// <summary>They connect and enter one room, as those do who come back to a chat.</summary>
    public async Task<IReadOnlyList<Guest>> Arrive(int count)
    {
        var room = $"room-{_rooms++}";
        return await Each([.. Enumerable.Range(0, count)], async number =>
        {
            var wire = await Connect();
            await wire.Ask<object?>(nameof(BareHub.Join), room);
            return new Guest(wire, $"{number}", null);
        }, Returning);
    }

    public override byte[] Say(string call, string conversation, string text) => Speech.Call(call, nameof(BareHub.Send), conversation, text);

    public override bool Agrees(ReadOnlySpan<byte> answer) => answer.IndexOf("error"u8) < 0;
}

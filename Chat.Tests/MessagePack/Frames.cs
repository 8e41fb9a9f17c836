using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

/// <summary>Forty good frames, each with a name: to be cut, mutated and sent in pieces. These are their bodies.</summary>
internal static class Frames
{
    private const string Xyz = "a3 78 79 7a";
    private const string Method = "a6 6d 65 74 68 6f 64";

    public static readonly IReadOnlyList<(string Name, byte[] Body)> All =
    [
        ("ping", Wire.Bytes("91 06")),
        ("invocation", Wire.Bytes($"96 01 80 {Xyz} {Method} 91 2a 90")),
        ("invocation, no answer", Wire.Bytes($"96 01 80 c0 {Method} 91 2a 90")),
        ("invocation, empty id", Wire.Bytes($"96 01 80 a0 {Method} 91 2a 90")),
        ("invocation, old", Wire.Bytes($"95 01 80 {Xyz} {Method} 91 2a")),
        ("invocation, headers", Wire.Bytes($"96 01 82 a1 78 a1 79 a1 7a a1 7a {Xyz} {Method} 91 2a 90")),
        ("invocation, streams", Wire.Bytes($"96 01 80 {Xyz} {Method} 91 2a 92 a1 31 a1 32")),
        ("stream invocation", Wire.Bytes($"96 04 80 {Xyz} {Method} 91 2a 90")),
        ("stream invocation, old", Wire.Bytes($"95 04 80 {Xyz} {Method} 91 2a")),
        ("stream item", Wire.Bytes($"94 02 80 {Xyz} 2a")),
        ("completion, error", Wire.Bytes($"95 03 80 {Xyz} 01 a5 45 72 72 6f 72")),
        ("completion, nothing", Wire.Bytes($"94 03 80 {Xyz} 02")),
        ("completion, result", Wire.Bytes($"95 03 80 {Xyz} 03 2a")),
        ("completion, nobody waits", Wire.Bytes("95 03 80 a1 3f 03 2a")),
        ("completion, raw", Wire.Bytes("95 03 80 a3 72 61 77 03 82 a1 78 c7 01 05 ff a1 78 ca 3f 80 00 00")),
        ("cancellation", Wire.Bytes($"93 05 80 {Xyz}")),
        ("close", Wire.Bytes($"93 07 {Xyz} c3")),
        ("close, old", Wire.Bytes($"92 07 {Xyz}")),
        ("close, no error", Wire.Bytes("93 07 c0 c2")),
        ("ack", Wire.Bytes("92 08 cc 24")),
        ("sequence", Wire.Bytes("92 09 cc 13")),
        ("elements to come", Wire.Bytes($"98 01 80 {Xyz} {Method} 91 2a 90 81 a1 78 c0 c3")),
        ("longest forms", Wire.Bytes(
            "dd 00 00 00 06 cd 00 01 df 00 00 00 00 db 00 00 00 01 31 da 00 06 6d 65 74 68 6f 64 dc 00 01 d2 00 00 00 2a dc 00 00")),
        ("extension", Wire.Bytes($"96 01 80 {Xyz} a4 6a 73 6f 6e 91 d6 ff 00 00 00 00 90")),
        ("binary", Wire.Bytes($"96 01 80 {Xyz} a5 62 79 74 65 73 91 c4 03 01 02 03 90")),
        ("no such method", Wire.Bytes($"96 01 80 {Xyz} a1 3f 91 2a 90")),
        ("too many arguments", Wire.Bytes($"96 01 80 {Xyz} {Method} 92 2a 2b 90")),
        ("a key twice", Wire.Bytes($"96 01 80 {Xyz} a4 6e 6f 74 65 91 82 a3 73 65 71 01 a3 73 65 71 02 90")),
        Written("note", new InvocationMessage("17", "note", [Note.Some()])),
        Written("note, any script", new InvocationMessage("17", "note", [Note.Some("Встречаемся в половине десятого 🕤 \"кофе\"\n")])),
        Written("note, long", new InvocationMessage("17", "note", [Note.Some(new('x', 70_000))])),
        Written("two arguments", new InvocationMessage("17", "two", [1, Note.Some()])),
        Written("no arguments", new InvocationMessage("nothing", [])),
        Written("json", new InvocationMessage("json", [new { a = new object?[] { 1, -1, 1.5, "x", null, true }, b = new { c = new { } } }])),
        Written("dictionary", new InvocationMessage("dictionary", [Enumerable.Range(0, 40).ToDictionary(i => $"key {i}")])),
        Written("list", new InvocationMessage("list", [Enumerable.Range(-40, 80).Select(i => i * i * i)])),
        Written("object", new InvocationMessage("object", [long.MaxValue])),
        Written("double", new StreamItemMessage("double", Math.PI)),
        Written("text", new StreamItemMessage("text", new string('é', 200))),
        Written("result of a note", CompletionMessage.WithResult("note", Note.Some())),
    ];

    private static (string Name, byte[] Body) Written(string name, HubMessage message) => (name, Wire.BodyOf(message));
}

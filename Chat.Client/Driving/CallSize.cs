using System.Text;
using System.Text.Json;
using Chat.Client.Rules;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Client.Driving;

/// <summary>
/// What is too large to be asked. A server closes the connection of a call above <see cref="Limits.CallLength"/> without a word, and the same call
/// would close the next one, and so on: such a call is refused here, as the server refuses what it can still read.
/// </summary>
internal static class CallSize
{
    /// <summary>What travels around a request: the method's name, the call's number and the frame.</summary>
    private const int Around = 1_024;

    /// <summary>Texts alone, which are refused at once and wait for no connection.</summary>
    public static Refusal? Refuse(Draft draft) => draft switch
    {
        MessageDraft { Request.Text: { } text } => RefuseText(text),
        EditDraft { Request.Text: { } text } => RefuseText(text),
        _ => null,
    };

    /// <summary>Measured as JSON, whatever is spoken: MessagePack takes less, and nothing that a server accepts comes near the limit in either.</summary>
    public static Refusal? Refuse(object request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), ChatJson.Default).Length > Limits.CallLength - Around ? Refusal.TooLarge : null;

    // A character takes at least a byte, so the count of bytes is only asked for where it is bounded.
    private static Refusal? RefuseText(string text) =>
        text.Length > Limits.TextLength || Encoding.UTF8.GetByteCount(text) > Limits.TextLength ? Refusal.TooLarge.Of("text") : null;
}

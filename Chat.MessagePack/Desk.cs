using System.Text.Encodings.Web;
using System.Text.Json;

namespace Chat.MessagePack;

/// <summary>
/// What one message is worked on with: a buffer for its frame, one for the JSON in between, and a JSON writer onto that. Each thread keeps
/// one desk; <see cref="Take"/> makes another when the thread's own is in use further up the stack.
/// </summary>
internal sealed class Desk : IDisposable
{
    // Only the two of ours read this JSON, so it escapes no more than it must and is not checked while it is written.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static Desk? _free;

    private readonly Utf8JsonWriter _jsonWriter;

    private Desk() => _jsonWriter = new(Json, Plain);

    public PooledBuffer Frame { get; } = new();

    public PooledBuffer Json { get; } = new();

    public static Desk Take()
    {
        var desk = _free ?? new();
        _free = null;
        return desk;
    }

    /// <summary>For one value. <see cref="EndJson"/> returns its text.</summary>
    public Utf8JsonWriter BeginJson()
    {
        Json.Clear();
        _jsonWriter.Reset();
        return _jsonWriter;
    }

    public ReadOnlySpan<byte> EndJson()
    {
        _jsonWriter.Flush();
        return Json.Written;
    }

    public void Dispose()
    {
        Json.Clear();
        Frame.Clear();
        _free = this;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Server.Hubs;

/// <summary>The contract's JSON, read as strictly as a server should: a field twice, a null in the place of a value or too deep a nesting is refused.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new(ChatJson.Default.Options)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        MaxDepth = Limits.Nesting,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // what travels is never put into HTML unread; half the bytes for most scripts
        TypeInfoResolver = ChatJson.Default,
    };
}

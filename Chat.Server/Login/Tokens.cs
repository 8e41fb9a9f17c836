using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Login;

/// <summary>Proofs of sessions: 256 random bits as text. Stored is only what they hash to, so the database gives none away.</summary>
internal static class Tokens
{
    private const int Longest = 64;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Null where it cannot be one.</summary>
    public static string? Hash(string token) =>
        token.Length is 0 or > Longest ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

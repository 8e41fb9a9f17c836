using System.Text;
using System.Text.RegularExpressions;
using Chat.Contracts;

namespace Chat.Server.Users;

/// <summary>What a profile may say; an edit that keeps the rules comes back tidied.</summary>
internal static partial class ProfileRules
{
    public static Answer<EditProfile> Check(EditProfile request)
    {
        if (request.DisplayName is { } displayName)
        {
            var name = NameRules.Name(displayName, Limits.DisplayNameLength, "displayName");
            if (!name.Ok) return name.Refusal;
            request = request with { DisplayName = name.Value };
        }
        if (request.About is { } about)
        {
            var lines = NameRules.Lines(about, Limits.AboutLength, "about");
            if (!lines.Ok) return lines.Refusal;
            request = request with { About = lines.Value };
        }
        if (request.Avatar is { Length: > 0 } avatar)
        {
            if (Encoding.UTF8.GetByteCount(avatar) > Limits.AvatarLength) return Refusal.TooLarge.Of("avatar");
            var name = NameRules.Name(avatar, Limits.AvatarLength, "avatar");
            if (!name.Ok) return name.Refusal;
            request = request with { Avatar = name.Value };
        }
        if (request.TimeZone is { Length: > 0 } zone && !IsTimeZone(zone))
        {
            return Refusal.Invalid.Of("timeZone").Because("A time zone is a name such as Europe/Berlin.");
        }
        return request;
    }

    // Two sources: the system's files, which may be missing in a small image, and ICU, which lacks a few zones.
    private static bool IsTimeZone(string name) =>
        name.Length <= Limits.IdLength && ZoneName().IsMatch(name)
        && (TimeZoneInfo.TryConvertIanaIdToWindowsId(name, out _) || (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId));

    [GeneratedRegex("^[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*){0,2}$", RegexOptions.NonBacktracking)]
    private static partial Regex ZoneName();
}

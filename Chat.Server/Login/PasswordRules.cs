using System.Collections.Frozen;
using System.Text;
using Chat.Contracts;
using Chat.Server.Users;

namespace Chat.Server.Login;

/// <summary>What may be a password: long enough, and not among the first that a guesser tries. No rules of composition.</summary>
internal static class PasswordRules
{
    private const int LongEnoughForDigits = 12;
    private const int LongEnoughToRepeat = 20;
    private static readonly char[] Tail = [.. "0123456789!?.*#"];
    private static readonly FrozenSet<string> CommonWords = ReadWords();

    // Runs of neighbours, on a keyboard or in the alphabet; read backwards, too.
    private static readonly string[] Runs = [.. new[]
    {
        "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
        "qazwsxedcrfvtgbyhnujmikolp", "qweasdzxc", "zaqxswcdevfrbgtnhymjukilop", "йцукенгшщзхъфывапролджэ", "абвгдежзиклмн",
    }.SelectMany(run => new[] { run, new string([.. run.Reverse()]) })];

    /// <summary>What no password can be, before anything costly is done with it.</summary>
    public static Refusal? Check(string password, string field)
    {
        // Composing shortens a text to no less than a fourth.
        if (password.Length > 4 * Limits.PasswordMaxLength) return Refusal.TooLarge.Of(field);
        if (!NameRules.IsWellFormed(password)) return Refusal.Invalid.Of(field).Because("The password has half a character in it.");
        return Length(password) > Limits.PasswordMaxLength ? Refusal.TooLarge.Of(field) : null;
    }

    /// <summary>What a new password may not be.</summary>
    public static Refusal? CheckNew(string password, string userName, string field)
    {
        if (Check(password, field) is { } refusal) return refusal;
        if (Length(password) < Limits.PasswordMinLength) return Refusal.Invalid.Of(field).Because($"A password has at least {Limits.PasswordMinLength} bytes.");
        if (Resembles(password, userName)) return Refusal.Invalid.Of(field).Because("The password is the user name.");
        if (IsCommon(password)) return Refusal.Invalid.Of(field).Because("This password is among the first that a guesser tries.");
        return null;
    }

    private static int Length(string password) => Encoding.UTF8.GetByteCount(password.Normalize(NormalizationForm.FormC));

    private static bool Resembles(string password, string userName)
    {
        var (folded, name) = (Fold(password), Fold(userName));
        return folded == name || Unit(folded) == name || (Core(name).Length > 2 && Core(folded) == Core(name));
    }

    private static bool IsCommon(string password)
    {
        var folded = Fold(password);
        var letters = new string([.. folded.Where(char.IsLetter)]);
        if (letters.Length < 2 && folded.All(char.IsAscii) && folded.Length < LongEnoughForDigits) return true; // a number, a date, a telephone
        if (Unit(folded).Length <= 4 && folded.Length < LongEnoughToRepeat) return true;

        var bare = folded.TrimEnd(Tail);
        return new[] { folded, letters, Core(folded), Core(Plain(folded)), Core(Plain(bare)), Core(Plain(bare, one: 'i')), Unit(letters), Unit(Core(folded)) }
            .Any(core => CommonWords.Contains(core) || IsRun(core));
    }

    private static bool IsRun(string core) => core.Length > 2 && Runs.Any(run => run.Contains(core, StringComparison.Ordinal));

    private static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    // "123password!" is "password" with a fringe.
    private static string Core(string folded) => folded.Trim([.. folded.Where(letter => !char.IsLetter(letter))]);

    // What repeats: "ab" of "ababab", the whole where nothing does.
    private static string Unit(string text)
    {
        var at = text.Length == 0 ? -1 : (text + text).IndexOf(text, 1, StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }

    private static string Plain(string folded, char one = 'l') => new([.. folded.Select(letter => letter switch
    {
        '0' => 'o',
        '1' or '|' => one,
        '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' or '+' => 't',
        '8' => 'b',
        '9' => 'g',
        _ => letter,
    })]);

    private static FrozenSet<string> ReadWords()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-words")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
    }
}

using System.CommandLine;
using Chat.Cli.Calls;
using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.Commands;

internal static class ProfileCommand
{
    private static readonly Argument<string?> User = new("user") { Description = "Whose; your own where it is left out.", HelpName = "USER", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Name = new("--name") { Description = "What you like to be called.", HelpName = "TEXT" };
    private static readonly Option<string?> About = new("--about") { Description = "Something about yourself; empty takes it away.", HelpName = "TEXT" };
    private static readonly Option<string?> TimeZone = new("--time-zone") { Description = "As Europe/Berlin; empty takes it away.", HelpName = "ZONE" };
    private static readonly Option<string?> Avatar = new("--avatar") { Description = "An emoji or a few letters; empty takes it away.", HelpName = "TEXT" };
    private static readonly Option<bool?> HideLastSeen = new("--hide-last-seen") { Description = "Whether others see when you were last here.", HelpName = "true|false" };

    public static Command New()
    {
        Command profile = new("profile", "Shows a profile, or with options changes your own.") { User, Name, About, TimeZone, Avatar, HideLastSeen };
        profile.SetAction(Visit.Deed(Run));
        return profile;
    }

    private static async Task<int> Run(ParseResult line, Visit visit)
    {
        EditProfile edit = new()
        {
            Version = visit.Chat.Me.Version, DisplayName = line.GetValue(Name), About = line.GetValue(About), TimeZone = line.GetValue(TimeZone),
            Avatar = line.GetValue(Avatar), HidesLastSeen = line.GetValue(HideLastSeen)
        };
        var isEdit = edit != new EditProfile { Version = edit.Version };
        if (isEdit && line.GetValue(User) is not null) throw Mistake.OfUsage("Only your own profile can be changed: name no user.");

        var profile = isEdit ? await visit.Chat.EditProfileAsync(edit, visit.Cancel)
            : line.GetValue(User) is { } user ? await Of(Words.UserName(user), visit)
            : await visit.Chat.ProfileAsync(visit.Chat.Me.UserName, visit.Cancel);
        visit.Output.Print([ProfileLine.Of(profile, visit.Output.IsTerminal)], ProfileLine.Headings);
        return ExitCode.Ok;
    }

    private static async Task<Profile> Of(string userName, Visit visit)
    {
        try
        {
            return await visit.Chat.ProfileAsync(userName, visit.Cancel);
        }
        catch (ChatRefusedException no) when (no.Is(Refusal.NoSuchUser) || no.Is(Refusal.Invalid))
        {
            throw await visit.Finder.NoUser(userName);
        }
    }
}

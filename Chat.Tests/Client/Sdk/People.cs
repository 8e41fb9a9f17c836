using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

/// <summary>The cases of 2-CASES by the SDK's own words.</summary>
public sealed class People
{
    [Fact]
    public async Task A_conference_is_started_invited_to_renamed_and_left()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        await using var cyd = await Sdk.Register(server.Url, "cyd");
        await using var dan = await Sdk.Register(server.Url, "dan");

        var plans = await ann.StartConferenceAsync("Plans", ["bob", "cyd", "nobody"]).Soon();
        plans.Invited.Select(invited => invited.Result).Should().Equal(InviteResult.Added, InviteResult.Added, InviteResult.Unknown);
        await plans.InviteAsync(["dan"], SharedHistory.All).Soon();
        await plans.RenameAsync("Great plans").Soon();
        await (await dan.ConversationAsync(plans.Id).Soon()).LeaveAsync().Soon();
        await plans.RemoveAsync("cyd").Soon();
        await plans.ChangeRoleAsync("bob", Role.Owner).Soon();

        (await plans.DetailsAsync().Soon()).Title.Should().Be("Great plans");
        (await plans.MembersAsync().First(2).Soon()).Select(member => (member.Person.UserName, member.Role)).Should().Equal(("ann", Role.Owner), ("bob", Role.Owner));
    }

    [Fact]
    public async Task Inviting_to_a_private_chat_starts_a_conference()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        await using var cyd = await Sdk.Register(server.Url, "cyd");
        var chat = await ann.StartPrivateChatAsync("bob").Soon();

        var conference = await chat.InviteAsync(["cyd"]).Soon();

        conference.Id.Should().NotBe(chat.Id);
        conference.Details!.ContinuedFrom.Should().Be(chat.Id);
    }

    [Fact]
    public async Task An_open_conference_is_found_and_joined()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");
        await ann.StartConferenceAsync("Operations", [], openName: "ops").Soon();

        (await bob.OpenConferencesAsync("op").First(1).Soon()).Single().Name.Should().Be("ops");
        var ops = await bob.JoinConferenceAsync("ops").Soon();
        await ops.SendAsync("hi").Soon();

        (await bob.ConversationsAsync().First(1).Soon()).Single().Id.Should().Be(ops.Id);
    }

    [Fact]
    public async Task Users_are_found_or_not_and_blocked()
    {
        await using var server = await TestServer.Start();
        await using var ann = await Sdk.Register(server.Url, "ann");
        await using var bob = await Sdk.Register(server.Url, "bob");

        (await ann.FindUserAsync("BOB").Soon())!.UserName.Should().Be("bob");
        (await ann.FindUserAsync("nobody").Soon()).Should().BeNull();
        (await ann.SearchUsersAsync("bo").First(1).Soon()).Single().UserName.Should().Be("bob");
        await ann.BlockAsync("bob").Soon();
        (await ann.BlockedUsersAsync().Soon()).Single().UserName.Should().Be("bob");
        (await Refusing.Refused(bob.StartPrivateChatAsync("ann"))).Is(Refusal.Unavailable).Should().BeTrue();
        await ann.UnblockAsync("bob").Soon();
        await bob.StartPrivateChatAsync("ann").Soon();
    }

    [Fact]
    public async Task An_edit_of_an_older_profile_is_refused_with_the_present_one()
    {
        await using var server = await TestServer.Start();
        await using var here = await Sdk.Register(server.Url, "ann");
        await using var there = Sdk.Client(server.Url);
        await there.LogInAsync("ann", Sdk.Password).Soon();
        await there.EditProfileAsync(new() { Version = there.Me.Version, About = "there" }).Soon();

        (await Refusing.Refused(here.EditProfileAsync(new() { Version = here.Me.Version, About = "here" }))).Is(Refusal.StaleVersion).Should().BeTrue();

        here.Me.About.Should().Be("there");
    }

    [Fact]
    public async Task Who_comes_back_knows_the_profile_as_it_was_edited_elsewhere_meanwhile()
    {
        await using var server = await ServerProcess.Start(Relaxed.Settings);
        await using var here = await Sdk.Register(server.Url, "ann");
        await here.EditProfileAsync(new() { Version = here.Me.Version, About = "here" }).Soon();
        await using var there = await Guest.LogIn(server.Url, "ann");
        await there.Must<Profile>(nameof(IChatHub.EditProfile), new EditProfile { Version = here.Me.Version, About = "there" });
        here.Me.About.Should().Be("here");

        await server.Restart();

        await Eventually.Is(() => here.Me.About == "there", "it has seen the newer one");
    }
}

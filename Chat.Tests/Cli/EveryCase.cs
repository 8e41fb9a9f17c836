namespace Chat.Tests.Cli;

/// <summary>What the service does for people, typed.</summary>
public sealed class EveryCase(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task People_are_found_and_shown()
    {
        (await town.Ann.Output("chat find bo --json | jq -r .userName")).Should().Be("bob\n");
        (await town.Ann.Output("chat find '#op' | cut -f 1,2,4")).Should().Be("#ops\tOperations\tjoined\n");
        (await town.Ann.Output("chat members '#ops' | cut -f 1,4")).Should().Be("@ann\towner\n@bob\t\n");
    }

    [Fact]
    public async Task A_profile_is_changed_and_seen_by_others()
    {
        await town.Bob.Output("chat profile --name 'Bob the second' --about 'Builds things' --avatar B --time-zone Europe/Berlin");

        (await town.Ann.Output("chat profile @bob --json | jq -c '[.v, .displayName, .about, .avatar, .timeZone]'")).Should().Be("[1,\"Bob the second\",\"Builds things\",\"B\",\"Europe/Berlin\"]\n");
        (await town.Bob.Output("chat profile --about '' --json | jq .about")).Should().Be("null\n");
        (await town.Ann.Run("chat profile @bob --about mine")).ExitCode.Should().Be(2);
    }

    [Fact]
    public async Task A_private_chat_is_one_however_often_it_is_started() =>
        (await town.Ann.Output("chat start @bob; chat start @bob --json | jq -r .conversation > a; chat start @BOB --json | jq -r .conversation > b; cmp a b")).Should().Be("@bob\n");

    [Fact]
    public async Task A_conference_is_started_invited_to_and_left()
    {
        var id = (await town.Ann.Output("chat start 'Board meeting' @bob @cyd")).Trim();
        await town.NewUser("eve");

        (await town.Ann.Run($"chat invite {id} @eve @nobody")).Should().Be(new Ran(4, id + "\n", "@nobody is nobody.\n"));
        (await town.Ann.Output($"chat leave {id}; chat ls | grep -c {id} || true; chat ls --all | grep -c {id}")).Should().Be("0\n1\n");
        (await town.Bob.Output("chat read 'board meeting' --all | cut -f 3,4")).Should()
            .Contain("ann\t* started this conversation with @bob, @cyd\n").And.Contain("ann\t* brought in @eve\n").And.Contain("ann\t* left\n").And.Contain("* made @bob an owner\n");
    }

    [Fact]
    public async Task Inviting_into_a_private_chat_starts_a_conference_and_shows_nothing_of_it()
    {
        await town.Ann.Output("chat send @bob 'between us'");

        var id = (await town.Ann.Output("chat invite @bob @cyd")).Trim();

        (await town.Cyd.Output($"chat read {id} --all | cut -f 4")).Should().NotContain("between us").And.Contain("started this conversation");
    }

    [Fact]
    public async Task What_is_said_to_everybody_is_there_for_whoever_comes_later()
    {
        await town.Ann.Output("chat send '#lobby' 'welcome all'");

        (await (await town.NewUser("fay")).Output("chat read '#lobby' | cut -f 3,4")).Should().Be("ann\twelcome all\n");
    }

    [Fact]
    public async Task The_list_shows_what_is_unread_and_the_newest_first()
    {
        await town.Bob.Output("chat send @cyd first; chat send Plans second");

        (await town.Cyd.Output("chat ls | cut -f 2,3,5 | head -2")).Should().Be("Plans\t1\tbob: second\n@bob\t1\tbob: first\n");
        (await town.Cyd.Output("chat read @bob --mark | wc -l; chat unread | grep -c @bob || true")).Should().Be("1\n0\n");
    }
}

namespace Chat.Tests.Cli;

/// <summary>J4.2</summary>
public sealed class Sending(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task To_a_user_says_nothing_and_arrives()
    {
        (await town.Ann.Run("chat send @bob hi there")).Should().Be(new Ran(0, "", ""));

        (await town.Bob.Output("chat read @ann | cut -f 3,4")).Should().Be("ann\thi there\n");
    }

    [Fact]
    public async Task A_user_is_no_file_of_arguments()
    {
        (await town.Ann.Run("echo wrong > cyd; chat send @cyd right")).ExitCode.Should().Be(0);

        (await town.Cyd.Output("chat read @ann | cut -f 4")).Should().Be("right\n");
    }

    [Fact]
    public async Task What_a_pipe_brings_is_the_text()
    {
        await town.Ann.Output("echo 'build ok' | chat send '#ops'; printf 'two\\nlines\\n' | chat send '#ops'");

        (await town.Bob.Output("chat read '#ops' -n 2 --json | jq .text")).Should().Be("\"build ok\"\n\"two\\nlines\"\n");
    }

    [Fact]
    public async Task To_nobody_asks_who_was_meant()
    {
        (await town.Ann.Run("chat send '#nope' hi")).Should().Be(new Ran(4, "", "No conversation #nope. Did you mean #ops?\n"));
        (await town.Ann.Run("chat send @bobb hi")).Should().Be(new Ran(4, "", "No user @bobb. Did you mean @bob?\n"));
        (await town.Ann.Run("chat send Planz hi")).Should().Be(new Ran(4, "", "No conversation Planz. Did you mean Plans?\n"));
    }

    [Fact]
    public async Task An_open_conference_wants_to_be_joined_first()
    {
        (await town.Cyd.Run("chat send '#ops' hi")).Should().Be(new Ran(3, "", "You are not in #ops: chat join '#ops'\n"));

        (await town.Cyd.Run("chat join '#ops' && chat send '#ops' hi && chat leave '#ops'")).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task A_title_and_an_id_are_targets_too()
    {
        var id = (await town.Ann.Output("chat ls | awk '$2 == \"Plans\" { print $1 }'")).Trim();

        (await town.Ann.Output($"chat send plans one && chat send {id} two && chat read Plans -n 2 | cut -f 4")).Should().Be("one\ntwo\n");
    }

    [Fact]
    public async Task The_same_id_stores_a_message_once()
    {
        const string send = "chat send @ann once --id 0123456789abcdef0123456789abcdef --json";

        (await town.Ann.Output($"{send}; {send}; chat read @ann | wc -l")).Should().MatchRegex(@"\A\{""v"":1,.*""seq"":2,.*\n\{""v"":1,.*""seq"":2,.*\n1\n\z");
        (await town.Ann.Run(send.Replace("once", "otherwise", StringComparison.Ordinal))).ExitCode.Should().Be(7, "the id says that it is another message");
    }

    [Fact]
    public async Task Whoever_is_named_is_mentioned()
    {
        await town.Bob.Output("chat send Plans 'ask @ann, or @cyd.'");

        (await town.Ann.Output("chat unread --json | jq -c 'select(.title == \"Plans\") | [.unread, .mentions]'")).Should().Be("[1,1]\n");
        (await town.Cyd.Output("chat read Plans -n 1 --mark --json | jq -c '[.mentions[].userName]'; chat unread | grep -c Plans || true")).Should().Be("[\"ann\",\"cyd\"]\n0\n");
    }

    [Fact]
    public async Task Too_long_a_text_is_refused() =>
        (await town.Ann.Run("head -c 140000 /dev/zero | tr '\\0' x | chat send '#ops'")).Should().Be(new Ran(3, "", "That is more than is allowed.\n"));

    [Fact]
    public async Task No_text_is_refused() => (await town.Ann.Run("chat send @bob < /dev/null")).Should().Be(new Ran(3, "", "A message needs some text.\n"));
}

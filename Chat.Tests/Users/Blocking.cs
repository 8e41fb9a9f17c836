using Chat.Contracts;
using Chat.Server.Users;
using Chat.Tests.Support;

namespace Chat.Tests.Users;

public sealed class Blocking
{
    [Fact]
    public async Task It_is_repeatable_and_stands_in_the_inbox_once()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob) = (await people.Register("alice"), await people.Register("bob"));

        await people.Blocks.Block(alice, new() { UserName = "Bob" });
        (await people.Blocks.Block(alice, new() { UserName = "bob" })).Ok.Should().BeTrue();
        await people.Blocks.Unblock(alice, new() { UserName = "bob" });
        (await people.Blocks.Unblock(alice, new() { UserName = "bob" })).Ok.Should().BeTrue();

        (await people.Inbox(alice)).Select(entry => entry.GetType()).Should().Equal(typeof(UserBlocked), typeof(UserUnblocked));
        (await people.Inbox(bob)).Should().BeEmpty("the blocked one is never told");
    }

    [Fact]
    public async Task The_list_is_in_the_order_of_blocking()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob, carol) = (await people.Register("alice"), await people.Register("bob"), await people.Register("carol"));
        await people.Blocks.Block(alice, new() { UserName = "carol" });
        people.Clock.Advance(TimeSpan.FromSeconds(1));
        await people.Blocks.Block(alice, new() { UserName = "bob" });

        (await people.Blocks.List(alice)).Value!.Items.Should().Equal(new Person(carol, "carol", "carol"), new Person(bob, "bob", "bob"));
        (await people.Blocks.List(bob)).Value!.Items.Should().BeEmpty();
    }

    [Fact]
    public async Task One_cannot_block_oneself()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        (await people.Blocks.Block(alice, new() { UserName = "alice" })).Refusal!.Field.Should().Be("userName");
    }

    [Fact]
    public async Task Whom_nobody_knows_nobody_blocks()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");

        (await people.Blocks.Block(alice, new() { UserName = "nobody here" })).Refusal.Should().Be(Refusal.NoSuchUser);
    }

    [Fact]
    public async Task Either_side_counts_between_two()
    {
        await using var people = await TestPeople.Open();
        var (alice, bob, carol) = (await people.Register("alice"), await people.Register("bob"), await people.Register("carol"));
        await people.Blocks.Block(alice, new() { UserName = "bob" });

        (await people.Database.Read(sql => Blocks.Between(sql, alice, bob))).Should().BeTrue();
        (await people.Database.Read(sql => Blocks.Between(sql, bob, alice))).Should().BeTrue();
        (await people.Database.Read(sql => Blocks.Between(sql, alice, carol))).Should().BeFalse();
        (await people.Database.Read(sql => Blocks.BlockedBy(sql, alice))).Should().Equal(bob);
        (await people.Database.Read(sql => Blocks.BlockersOf(sql, bob))).Should().Equal(alice);
    }
}

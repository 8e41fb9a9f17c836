using Chat.Client.Reading;
using Chat.Contracts;

namespace Chat.Tests.Client.Sdk;

public sealed class FollowerTests
{
    private const int Room = 10;
    private readonly Follower _follower = new(new("c1"), after: 0, Room);

    [Fact]
    public void What_was_told_is_taken_in_order()
    {
        _follower.Offer(Told(1, 3));
        _follower.Offer(Told(4, 4));

        Seqs(_follower.Take()).Should().Equal(1, 2, 3);
        Seqs(_follower.Take()).Should().Equal(4);
        _follower.Take().Should().BeNull();
        _follower.Missing.Should().BeNull();
    }

    [Fact]
    public void What_comes_twice_is_taken_once()
    {
        _follower.Offer(Told(1, 3));
        _follower.Take();

        _follower.Offer(Told(2, 3));
        _follower.Offer(Told(2, 5));

        Seqs(_follower.Take()).Should().Equal(4, 5);
    }

    [Fact]
    public void A_page_and_what_was_told_meanwhile_overlap()
    {
        _follower.Offer(Told(6, 9));

        _follower.Take().Should().BeNull();
        _follower.Missing.Should().Be(0);
        Seqs(_follower.Take(Told(1, 7))).Should().Equal(1, 2, 3, 4, 5, 6, 7);
        Seqs(_follower.Take()).Should().Equal(8, 9);
    }

    [Fact]
    public void Beyond_its_room_it_keeps_nothing_but_the_place()
    {
        _follower.Offer(Told(1, 6));
        _follower.Offer(Told(7, 12));

        _follower.Take().Should().BeNull();
        _follower.Missing.Should().Be(0);
        Seqs(_follower.Take(Told(1, 12))).Should().HaveCount(12);
        _follower.Missing.Should().BeNull();
    }

    [Fact]
    public void What_turns_out_not_to_be_there_is_not_asked_for_again()
    {
        _follower.Offer(Told(1, 3));
        _follower.Take();
        _follower.Hear(9);

        _follower.Take(Told(4, 3)).Should().BeEmpty();

        _follower.Missing.Should().BeNull();
    }

    [Fact]
    public void Another_history_is_read_from_where_it_is_told()
    {
        _follower.Offer(Told(1, 8));
        _follower.Take();
        _follower.Offer(Told(9, 9));

        _follower.Offer(Told(4, 5) with { Epoch = "other" });

        Seqs(_follower.Take()).Should().Equal(4, 5);
        _follower.Missing.Should().BeNull();
    }

    private static Told Told(long from, long to) => new("epoch", from, to, [.. Numbers(from, to).Select(seq => new Entry { Seq = seq })]);

    private static IEnumerable<long> Numbers(long from, long to) => Enumerable.Range(0, (int)(to - from + 1)).Select(index => from + index);

    private static IEnumerable<long> Seqs(IReadOnlyList<Entry>? entries) => entries!.Select(entry => entry.Seq);
}

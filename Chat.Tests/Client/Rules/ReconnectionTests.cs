using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Tests.Client.Rules;

public sealed class ReconnectionTests
{
    [Theory]
    [InlineData(0, 0.0, 0.25)]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 0.5, 2)]
    [InlineData(5, 0.5, 16)]
    [InlineData(6, 0.5, 30)]
    [InlineData(6, 0.0, 15)]
    [InlineData(5000, 0.5, 30)]
    public void The_delay_doubles_up_to_thirty_seconds_and_varies_by_half(int tries, double random, double seconds) =>
        Backoff.After(tries, random).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void Each_loss_in_a_row_waits_longer()
    {
        var reconnection = new Reconnection(() => 0.5);

        Delays(reconnection, 4).Should().Equal(0.5, 1, 2, 4);
    }

    [Fact]
    public void What_the_server_asks_for_comes_first_and_counts_once()
    {
        var reconnection = new Reconnection(() => 0.5);

        reconnection.Asked(1_700);

        Delays(reconnection, 3).Should().Equal(1.7, 0.5, 1);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(long.MaxValue, 600)]
    public void A_senseless_time_to_wait_is_bounded(long askedMs, double seconds)
    {
        var reconnection = new Reconnection(() => 0.5);

        reconnection.Asked(askedMs);

        Delays(reconnection, 1).Should().Equal(seconds);
    }

    [Theory]
    [InlineData(9.9, 2)]
    [InlineData(10, 0.5)]
    public void A_connection_that_held_for_a_while_begins_a_new_row(double heldSeconds, double seconds)
    {
        var reconnection = new Reconnection(() => 0.5);
        Delays(reconnection, 2);

        reconnection.Live(TimeSpan.Zero);

        var now = TimeSpan.FromSeconds(heldSeconds);
        (reconnection.Lost(now) - now).TotalSeconds.Should().BeApproximately(seconds, 0.001);
    }

    [Fact]
    public void Only_refusals_that_a_later_try_cannot_better_are_final()
    {
        Refusal[] refusals = [Refusal.SessionEnded, Refusal.WrongCredentials, Refusal.UnsupportedVersion,
            Refusal.ServerBusy, Refusal.TooManyConnections, Refusal.RateLimited, Input.Fault];

        refusals.Select(Reconnection.IsFinal).Should().Equal(true, true, true, false, false, false, false);
    }

    private static double[] Delays(Reconnection reconnection, int losses) =>
        [.. Enumerable.Range(0, losses).Select(_ => reconnection.Lost(TimeSpan.Zero).TotalSeconds)];
}

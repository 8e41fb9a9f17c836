using Chat.Client.Rules;

namespace Chat.Tests.Client.Rules;

public sealed class LivenessTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(100);

    [Fact]
    public void The_first_ping_is_due_right_after_the_handshake() => new Liveness(Start).PingDueAt.Should().Be(Start);

    [Fact]
    public void The_next_is_due_five_seconds_after_anything_was_said()
    {
        var liveness = new Liveness(Start);

        liveness.Said(Start);

        liveness.PingDueAt.Should().Be(Start + TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(10.9, false)]
    [InlineData(11, true)]
    public void Silence_for_eleven_seconds_is_death(double seconds, bool dead) =>
        new Liveness(Start).IsDead(Start + TimeSpan.FromSeconds(seconds)).Should().Be(dead);

    [Fact]
    public void Any_frame_is_a_sign_of_life()
    {
        var liveness = new Liveness(Start);

        liveness.Heard(Start + TimeSpan.FromSeconds(10));

        liveness.IsDead(Start + TimeSpan.FromSeconds(20)).Should().BeFalse();
    }
}

using System.Diagnostics;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;

namespace Chat.Bench.Load;

/// <summary>
/// Sends at its pace, whether or not the server keeps up: a send that is late because the server was slow counts from when it was due.
/// </summary>
internal sealed class Pacer : ILoad
{
    private const int Seed = 4711; // the same people say the same things to every server
    private readonly Side _side;
    private readonly IReadOnlyList<Talk> _talks;
    private readonly Pace _pace;
    private readonly int _textLength;
    private readonly Meter _meter;
    private readonly long _end;
    private readonly Random _random = new(Seed);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _due;
    private int _turn;

    public Pacer(Side side, IReadOnlyList<Talk> talks, Pace pace, TimeSpan length, int textLength, Meter meter)
    {
        (_side, _talks, _pace, _textLength, _meter) = (side, talks, pace, textLength, meter);
        _due = Stopwatch.GetTimestamp();
        _end = (long)(_due + (length.TotalSeconds * Stopwatch.Frequency));
    }

    public Task Over => _over.Task;

    public long Turn(long now)
    {
        for (; _due <= now; _due += _pace.Gap(_random) * Stopwatch.Frequency)
        {
            if (_due >= _end)
            {
                _over.TrySetResult();
                return long.MaxValue;
            }
            Say((long)_due, now);
        }
        return (long)_due;
    }

    private void Say(long due, long now)
    {
        var talk = _talks[_pace.IsRandom ? _random.Next(_talks.Count) : _turn % _talks.Count];
        var speaker = talk.Speakers[_pace.IsRandom ? _random.Next(talk.Speakers.Count) : _turn++ / _talks.Count % talk.Speakers.Count];
        _meter.Send(talk.Audience, due, now);
        speaker.Wire.Call(call => _side.Say(call, talk.Conversation, Stamp.Text(due, _textLength)), answer => _meter.Answer(due, _side.Agrees(answer)));
    }
}

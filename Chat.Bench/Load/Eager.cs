using System.Diagnostics;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;
using Chat.Bench.Sockets;

namespace Chat.Bench.Load;

/// <summary>Everybody says the next thing as soon as the last one is answered: as many sends as the server takes from so many people.</summary>
internal sealed class Eager(Side side, IReadOnlyList<Talk> talks, TimeSpan length, int textLength, Meter meter) : ILoad
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _end;

    public Task Over => _over.Task;

    public long Turn(long now)
    {
        if (_end == 0)
        {
            _end = now + (long)(length.TotalSeconds * Stopwatch.Frequency);
            foreach (var talk in talks) Say(talk, now);
        }
        if (now >= _end) _over.TrySetResult();
        return _end;
    }

    private void Say(Talk talk, long now)
    {
        if (now >= _end) return;
        meter.Send(talk.Audience, now, now);
        talk.Speakers[0].Wire.Call(call => side.Say(call, talk.Conversation, Stamp.Text(now, textLength)), answer =>
        {
            meter.Answer(now, side.Agrees(answer));
            Say(talk, Stopwatch.GetTimestamp());
        });
    }
}

using Chat.Server.Transcripts;

namespace Chat.Server.Delivery;

/// <summary>"This transcript is at seq n." Says nothing of what is in it; may be lost, doubled or late.</summary>
internal readonly record struct Hint(TranscriptId Transcript, long Head);

/// <summary>What carries hints between nodes. A node need not hear its own.</summary>
internal interface IBus
{
    void Tell(Hint hint);

    event Action<Hint>? Heard;
}

/// <summary>For a node that is alone.</summary>
internal sealed class NoBus : IBus
{
    public void Tell(Hint hint) { }

    public event Action<Hint>? Heard
    {
        add { }
        remove { }
    }
}

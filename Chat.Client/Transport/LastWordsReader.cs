using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace Chat.Client.Transport;

/// <summary>
/// Lets everything that arrived be read before it throws that the connection was lost. A pipe whose writer ends with an
/// exception throws at once, and what it still holds, perhaps the server's own reason for closing, is never seen.
/// </summary>
internal sealed class LastWordsReader(PipeReader pipe) : PipeReader
{
    // Set before the pipe is completed, so that whoever sees it complete sees the loss.
    private volatile Exception? _loss;

    // Used by the reading side alone: what the last read of the complete pipe held.
    private long _held = -1;

    public void Lost(Exception loss) => _loss = loss;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Judge(await pipe.ReadAsync(cancellationToken).ConfigureAwait(false));

    public override bool TryRead(out ReadResult result)
    {
        if (!pipe.TryRead(out result)) return false;
        result = Judge(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => pipe.AdvanceTo(consumed);
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => pipe.AdvanceTo(consumed, examined);
    public override void CancelPendingRead() => pipe.CancelPendingRead();
    public override void Complete(Exception? exception = null) => pipe.Complete(exception);

    // Throws when nothing is left, or when the reader took nothing of what was left the last time: it is half a message, and no more will come.
    private ReadResult Judge(ReadResult read)
    {
        if (_loss is not { } loss || !read.IsCompleted || read.IsCanceled) return read;

        if (read.Buffer.IsEmpty || read.Buffer.Length == _held)
        {
            pipe.AdvanceTo(read.Buffer.Start);
            ExceptionDispatchInfo.Throw(loss);
        }
        _held = read.Buffer.Length;
        return new(read.Buffer, isCanceled: false, isCompleted: false);
    }
}

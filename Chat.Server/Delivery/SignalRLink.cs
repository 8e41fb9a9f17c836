using System.IO.Pipelines;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Server.Delivery;

/// <summary>The way to a client through SignalR.</summary>
internal sealed class SignalRLink(HubConnectionContext context, TimeProvider clock) : ILink
{
    // A client that does not read its last word is not waited for.
    private static readonly TimeSpan LastWord = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Answering = TimeSpan.FromMilliseconds(100);

    private readonly PipeWriter? _direct = context.Features.Get<DirectOutput>()?.Messages;

    public ValueTask Write(Frame frame)
    {
        if (_direct is null) return context.WriteAsync(frame.Encoded);
        var write = _direct.WriteAsync(frame.Encoded.GetSerializedMessage(context.Protocol));
        return write.IsCompletedSuccessfully ? default : new(write.AsTask());
    }

    public void Close(Frame? last, Task callUnderWay) => _ = CloseAfter(last, callUnderWay);

    private async Task CloseAfter(Frame? last, Task callUnderWay)
    {
        try
        {
            if (!callUnderWay.IsCompleted)
            {
                // SignalR writes the answer only after the call has ended, and does not say when it has.
                await callUnderWay.WaitAsync(LastWord, clock);
                await Task.Delay(Answering, clock);
            }
            if (last is not null) await context.WriteAsync(last.Encoded).AsTask().WaitAsync(LastWord, clock);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or IOException or InvalidOperationException)
        {
            // It is closed all the same.
        }
        finally
        {
            context.Abort();
        }
    }
}

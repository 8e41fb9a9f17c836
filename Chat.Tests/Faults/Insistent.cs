using Chat.Contracts;
using Chat.Tests.EndToEnd;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Faults;

/// <summary>
/// A writer by hand who trusts no answer: after every loss of the connection it sends again what was not answered, and once more what had been
/// answered just before, each with its id. Several of them have as many drafts under way at once.
/// </summary>
internal sealed class Insistent(string url, Session session, Ledger ledger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private Guest? _guest;
    private (ClientMessageId Id, long Seq)? _last;

    /// <summary>Drafts that were stored without the answer arriving, so that only their ids kept them from being stored again.</summary>
    public int Unheard { get; private set; }

    /// <summary>Drafts that had been answered, and were sent again.</summary>
    public int Doubted { get; private set; }

    public async Task Write(CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            var id = ClientMessageId.New(TimeProvider.System);
            var seq = await Insist(id);
            ledger.Acknowledge(id, seq);
            _last = (id, seq);
        }
        if (_guest is not null) await _guest.DisposeAsync();
    }

    private async Task<long> Insist(ClientMessageId id)
    {
        for (var isNew = true; ; isNew = false)
        {
            while (_guest is null) await ComeBack();
            if (await Try(id) is not { } receipt) continue;
            if (receipt.Repeated) Unheard++;
            (receipt.Repeated && isNew).Should().BeFalse("nobody can have stored it before");
            return receipt.Seq;
        }
    }

    private async Task ComeBack()
    {
        while (_guest is null)
        {
            try
            {
                _guest = await Guest.Resume(url, session.Token!);
            }
            catch (Exception)
            {
                await Task.Delay(Pause); // not there yet
            }
        }
        if (_last is not { } last || await Try(last.Id) is not { } receipt) return;
        Doubted++;
        (receipt.Seq, receipt.Repeated).Should().Be((last.Seq, true), "it was acknowledged at this place");
    }

    // Null where the connection was lost, or nobody can write at the moment.
    private async Task<Receipt?> Try(ClientMessageId id)
    {
        Answer<Receipt> answer;
        try
        {
            answer = await _guest!.Send(session.Lobby!.Value, "I say it again", id);
        }
        catch (Exception exception) when (exception is not HubException)
        {
            await _guest!.DisposeAsync();
            _guest = null;
            return null;
        }
        if (answer.Ok) return answer.Value;
        answer.Refusal.Retryable.Should().BeTrue(answer.Refusal.Name);
        await Task.Delay(Pause);
        return null;
    }
}

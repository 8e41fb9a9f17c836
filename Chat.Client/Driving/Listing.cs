using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Client.Driving;

/// <summary>
/// Reads the list of conversations for the rules, which hold from then on what it shows; so that after a reconnect the first entry of a
/// conversation that was silent so far is not missed either.
/// </summary>
/// <param name="hand">Hands an input to the rules; false where its connection has been given up by then.</param>
internal sealed class Listing(Calls calls, TimeProvider clock, Action<Exception> report, Func<Input, Task<bool>> hand)
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(1);

    private int _isRunning;

    public void Begin(Action done)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) == 0) _ = Read(done);
    }

    private async Task Read(Action done)
    {
        try
        {
            string? after = null;
            do after = await ReadPage(after).ConfigureAwait(false);
            while (after is not null);
            done();
        }
        catch (Exception) when (calls.HaveEnded)
        {
            // The client has ended; whoever waits for the list has been told.
        }
        catch (Exception fault)
        {
            // Events work without the list, but for what is missed while disconnected in conversations that were silent so far.
            report(fault);
            done();
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    /// <summary>The next page to ask for.</summary>
    private async Task<string?> ReadPage(string? after)
    {
        while (true)
        {
            try
            {
                ListConversations request = new() { After = after, Limit = Limits.PageOfConversations, All = true };
                var (page, link) = await calls.AskWhere(hub => hub.ListConversations(request), repeatable: true, CancellationToken.None).ConfigureAwait(false);

                // Whoever left hears nothing of it any more, until the inbox says otherwise.
                var present = page with { Items = [.. page.Items.Where(row => row.Role is not null)] };
                if (await hand(new Input.Listed(link.Number, present)).ConfigureAwait(false)) return page.Next;
            }
            catch (ChatRefusedException refused) when (refused.Retryable)
            {
                await Task.Delay(refused.RetryAfter ?? UsualWait, clock).ConfigureAwait(false);
            }
        }
    }
}

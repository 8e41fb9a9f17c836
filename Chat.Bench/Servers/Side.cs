using Chat.Bench.Sockets;
using Chat.Bench.Speaking;

namespace Chat.Bench.Servers;

/// <summary>One of the servers that are compared, and how people meet and talk there.</summary>
internal abstract class Side(Loop loop, Speech speech) : IAsyncDisposable
{
    /// <summary>So many come back at a time after a restart: a few less than the system lets wait to be accepted.</summary>
    public const int Returning = 400;

    // At once; more would only wait in the server's queues.
    private const int Hands = 48;

    public abstract string Name { get; }

    public Loop Loop => loop;

    public Speech Speech => speech;

    public Child Child { get; protected set; } = null!; // until it is started

    /// <summary>Starts the server; again on the same data where it ran before.</summary>
    public abstract Task Start();

    /// <summary>So many people, new ones, each on a connection.</summary>
    public abstract Task<IReadOnlyList<Guest>> Gather(int count);

    /// <summary>Puts them into one new conversation.</summary>
    public abstract Task<string> Meet(IReadOnlyList<Guest> members);

    /// <summary>The frame of a call that says something there.</summary>
    public abstract byte[] Say(string call, string conversation, string text);

    /// <summary>Whether the answer to it is a yes.</summary>
    public abstract bool Agrees(ReadOnlySpan<byte> answer);

    public async Task<Wire> Connect() => await Wire.Open(Loop, Child.Address, Speech);

    /// <summary>They close their connections.</summary>
    public static Task Leave(IReadOnlyList<Guest> people) => Task.WhenAll(people.Select(person => person.Wire.Close()));

    /// <summary>As an operator does it; what it holds is kept.</summary>
    public async Task Stop() => await Child.DisposeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (Child is not null) await Child.DisposeAsync();
    }

    /// <summary>Does it for each, many at a time; what came of it, in their order.</summary>
    protected static async Task<TResult[]> Each<T, TResult>(IReadOnlyList<T> all, Func<T, Task<TResult>> deed, int hands = Hands)
    {
        var results = new TResult[all.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, all.Count), new ParallelOptions { MaxDegreeOfParallelism = hands },
            async (i, _) => results[i] = await deed(all[i]));
        return results;
    }
}

using System.Reflection;
using Chat.Contracts;
using Chat.Server.Delivery;
using Chat.Server.Hubs;
using Chat.Server.Login;
using Chat.Server.Presences;
using Chat.Server.Storage;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Chat.Tests.Simulation.Judging;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>
/// One server process of a run, from its start to its crash: the real rooms and the real door, on a thread pool, a clock, a store and a bus that
/// the run holds in its hands. Only SignalR's pipes and the host are missing.
/// </summary>
internal sealed class SteppedNode
{
    private static readonly TimeSpan Recurrence = TimeSpan.FromSeconds(1);
    private static readonly Dictionary<string, MethodInfo> Methods = typeof(ChatHub).GetInterfaceMap(typeof(IChatHub)).InterfaceMethods.ToDictionary(method => method.Name);

    private readonly Parts _parts = new();
    private readonly Steps _steps;
    private readonly Ruling _ruling;
    private readonly VirtualClock _clock;
    private bool _sweeps;

    public SteppedNode(int number, string file, Steps steps, WriteTurn turn, LossyBus bus, VirtualClock clock, Ruling ruling)
    {
        Number = number;
        Turns = new(ruling);
        _steps = steps;
        _ruling = ruling;
        _clock = clock;
        _parts.Add<TimeProvider>(clock);
        _parts.Add(bus.Join(this));
        _parts.Add(new LobbySwitch(IsOn: true));
        _parts.AddDefaults();
        _parts.Add(Options.Create(new RateLimitOptions { Enabled = false }));
        _parts.Add(Options.Create(Town.Login));
        _parts.Add<TaskScheduler>(Turns);
        NextRecurrence = clock.Now + Recurrence;
        _ = Guard(() => Start(new SteppedDialect(file, steps, turn)));
    }

    public int Number { get; }

    public Turns Turns { get; }

    /// <summary>Started, and not crashed yet.</summary>
    public bool IsUp { get; private set; }

    public TimeSpan NextRecurrence { get; private set; }

    public T Get<T>() => _parts.Get<T>();

    public void Do(Action deed) => _ = Guard(() =>
    {
        deed();
        return Task.CompletedTask;
    });

    public void Accept(Line line) => Do(() =>
    {
        line.Opened(new Connection(line.Name, line, TimeSpan.FromSeconds(10), _clock, NullLogger.Instance));
        Get<Connections>().Add(line.Connection!);
    });

    public void Leave(Line line) => _ = Guard(async () =>
    {
        if (line.Connection is not { } connection) return;
        await Hub(connection).OnDisconnectedAsync(null);
        Get<Connections>().Remove(connection);
    });

    /// <summary>What a client calls, as far as the hub is concerned.</summary>
    public void Call(Line line, string method, object request, Action<object> answer) => _ = Guard(async () =>
    {
        var called = Methods[method];
        var hub = Hub(line.Connection!);
        HubInvocationContext context = new(hub.Context, _parts, hub, called, [request]);
        answer((await Get<Doorman>().InvokeMethodAsync(context, async _ => await Invoke(hub, called, request)))!);
    });

    /// <summary>What a node does every second; a look that takes longer is not overtaken by the next.</summary>
    public void Recur()
    {
        NextRecurrence += Recurrence;
        if (!IsUp) return;
        _ = Guard(Get<Watchdog>().Deed);
        if (_sweeps) return;
        _sweeps = true;
        _ = Guard(async () =>
        {
            await Get<Sweep>().Deed();
            _sweeps = false;
        });
    }

    /// <summary>Without a last word.</summary>
    public void Crash()
    {
        IsUp = false;
        Turns.End();
        _steps.End();
        Get<RateLimits>().Dispose(); // its timer is the system's: of thousands of nodes they would take up the processor
    }

    private async Task Start(Dialect dialect)
    {
        _parts.Add(await Database.Open(dialect, _clock, NullLogger.Instance));
        _parts.Add<EndConnections>(Get<Connections>().End);
        _parts.Add<EndAllConnections>(Get<Connections>().End);
        _parts.Add<HearProfile>(Get<Choices>().LookAgain);
        _parts.Add(new Administrators([], Get<People>()));
        _parts.Add<IAudience>(_parts.Make<DirectAudience>());
        _parts.Get<ChatHub>();
        IsUp = _steps.IsStarted = true;
    }

    private ChatHub Hub(Connection connection)
    {
        var hub = _parts.Make<ChatHub>();
        hub.Context = new SimulatedCaller(connection, _parts);
        return hub;
    }

    private static async Task<object?> Invoke(ChatHub hub, MethodInfo method, object request)
    {
        var task = (Task)method.Invoke(hub, [request])!;
        await task;
        return task.GetType().GetProperty(nameof(Task<object>.Result))!.GetValue(task);
    }

    private Task Guard(Func<Task> deed) => Turns.Begin(async () =>
    {
        try
        {
            await deed();
        }
        catch (Exception exception)
        {
            _ruling.Fail($"a node threw {exception}");
        }
    });
}

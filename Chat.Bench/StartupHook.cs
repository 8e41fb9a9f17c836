using Chat.Bench.Servers;

/// <summary>What the runtime runs in a server that is measured, before the server itself. Its name and place are the runtime's choice.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Counters.Variable) is { } path) Counters.Serve(path);
    }
}

/// <summary>
/// What the runtime calls before the program where DOTNET_STARTUP_HOOKS names this assembly; it looks for the class by this name, outside of any
/// namespace. The program then crashes as soon as there is the file that CHAT_CRASH names.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => new Thread(CrashWhenTold) { IsBackground = true }.Start();

    private static void CrashWhenTold()
    {
        var told = Environment.GetEnvironmentVariable("CHAT_CRASH");
        while (!File.Exists(told)) Thread.Sleep(TimeSpan.FromMilliseconds(20));
        throw new InvalidOperationException("It broke.");
    }
}

using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using Chat.Cli.Calls;
using Chat.Cli.Commands;
using Chat.Cli.Printing;
using Chat.Client;

namespace Chat.Cli;

/// <summary>From the arguments to the exit code. Whatever goes wrong is one line on the standard error output.</summary>
internal static class Launch
{
    public static string Version { get; } = typeof(Launch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static async Task<int> Run(string[] args)
    {
        using CancellationTokenSource interrupt = new();
        using CancellationTokenSource timeout = new();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token, timeout.Token);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, interrupt));
        try
        {
            // "@bob" is a user, not a file of more arguments.
            var line = Root.New().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (line.Errors is [var error, ..]) throw Mistake.OfUsage($"{OnOneLine(error.Message)} (chat --help)");
            if (line.GetValue(Common.Timeout) is { } seconds) timeout.CancelAfter(TimeSpan.FromSeconds(seconds));
            return await line.InvokeAsync(
                new InvocationConfiguration { Output = Stdio.Out, Error = Stdio.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            Stdio.Say("Timed out.");
            return ExitCode.TimedOut;
        }
        catch (Exception exception)
        {
            var (exitCode, sentence) = Explain(exception);
            if (sentence is not null) Stdio.Say(sentence);
            return exitCode;
        }
        finally
        {
            Stdio.Out.Flush();
        }
    }

    private static (int ExitCode, string? Sentence) Explain(Exception exception) => exception switch
    {
        Mistake mistake => (mistake.ExitCode, mistake.Message),
        ChatRefusedException refused => (ExitCode.Of(refused.Refusal), refused.RetryAfter is { } wait ? $"{refused.Message} (in {Math.Ceiling(wait.TotalSeconds)} s)" : refused.Message),
        OperationCanceledException => (ExitCode.Interrupted, null),
        _ => (ExitCode.Failed, exception.Message),
    };

    private static string OnOneLine(string message) => string.Join(' ', message.Split(['\n', '\r', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    // The first ends what is being done, the second ends at once.
    private static void Interrupt(PosixSignalContext context, CancellationTokenSource interrupt)
    {
        context.Cancel = !interrupt.IsCancellationRequested;
        interrupt.Cancel();
    }
}

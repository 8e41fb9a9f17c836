using System.Text;
using Chat.Cli.Printing;

namespace Chat.Cli.Accounts;

/// <summary>Asks whoever sits at the terminal; the questions go to the standard error output.</summary>
internal static class Prompt
{
    /// <summary>The terminal has nobody who could answer, or no way to.</summary>
    public static bool IsPossible => !Console.IsInputRedirected;

    public static async Task<string> UserName(CancellationToken cancel)
    {
        Ask("User name: ");
        return await Stdio.Read(Console.ReadLine, cancel) ?? throw new OperationCanceledException();
    }

    /// <summary>Without echo.</summary>
    public static async Task<string> Password(string question, CancellationToken cancel)
    {
        // Switches the echo off before the question is seen, so that not even the fastest answer is shown.
        Console.TreatControlCAsInput = true;
        try
        {
            Ask(question);
            return await Stdio.Read(Read, cancel);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Stdio.Error.WriteLine();
            Stdio.Error.Flush();
        }
    }

    private static string Read()
    {
        StringBuilder typed = new();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return typed.ToString();
                case { Key: ConsoleKey.C or ConsoleKey.D, Modifiers: ConsoleModifiers.Control }:
                    throw new OperationCanceledException();
                case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                    typed.Clear();
                    break;
                case { Key: ConsoleKey.Backspace }:
                    if (typed.Length > 0) typed.Length--;
                    break;
                case { KeyChar: not '\0' }:
                    typed.Append(key.KeyChar);
                    break;
            }
        }
    }

    private static void Ask(string question)
    {
        Stdio.Error.Write(question);
        Stdio.Error.Flush();
    }
}

using System.CommandLine;
using System.Runtime.InteropServices;
using Chat.Cli.Calls;
using Chat.Cli.FullScreen;
using Chat.Cli.Printing;

namespace Chat.Cli.Commands;

/// <summary>The whole screen, where no command is named.</summary>
internal static class InteractiveCommand
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    public static Task<int> Run(ParseResult line, CancellationToken interrupted)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || Terminal.IsDumb) throw Mistake.OfUsage("Without a command it needs a terminal: chat --help");
        return Visit.Watch((_, visit) => Converse(visit))(line, interrupted);
    }

    private static async Task<int> Converse(Visit visit)
    {
        // It may take minutes or days, and its thread waits for keys and news: none of the pool's.
        var ended = await Task.Factory.StartNew(() => Show(visit), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        visit.Cancel.ThrowIfCancellationRequested(); // whoever cancelled it says why
        if (ended == ExitCode.Refused && visit.Chat.LastFault is { } why) throw why;
        return ended;
    }

    private static int Show(Visit visit)
    {
        var exitCode = ExitCode.Ok;
        using Loop loop = new();
        Conversing conversing = new(visit.Chat, Quit);
        using Display display = new();
        Picture picture = new(TerminalSize.Columns, TerminalSize.Rows);

        using var asked = visit.Cancel.Register(() => Quit(ExitCode.Interrupted));
        using var terminated = Signal(PosixSignal.SIGTERM);
        using var hungUp = Signal(PosixSignal.SIGHUP);
        using var quit = Signal(PosixSignal.SIGQUIT);
        using var resized = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => loop.Post(Resize));
        using Timer tick = new(_ => loop.Post(() => { }), null, Tick, Tick);
        using var entries = visit.Chat.OnEntry((conversation, entry) => loop.Post(() => conversing.Hear(conversation, entry)));
        using var inbox = visit.Chat.OnInbox(entry => loop.Post(() => conversing.Hear(entry)));
        using var presence = visit.Chat.OnPresence(notice => loop.Post(() => conversing.Hear(notice)));
        using var typing = visit.Chat.OnTyping(notice => loop.Post(() => conversing.Hear(notice)));
        using var states = visit.Chat.OnState(state => loop.Post(() => conversing.Hear(state)));
        using var announcements = visit.Chat.OnAnnouncement(said => loop.Post(() => conversing.Notice = $"{said.Author.UserName} announces: {said.Text}"));

        loop.Post(() => conversing.Begin(conversing.Open));
        new Keyboard(key => loop.Post(() => conversing.Press(key, picture.Body)), c => loop.Post(() => conversing.Paste(c)), () => Quit(ExitCode.Interrupted)).Listen();
        loop.Run(Draw);
        return exitCode;

        void Draw()
        {
            if (picture.Width != TerminalSize.Columns || picture.Height != TerminalSize.Rows) Resize(); // where no signal tells
            var rows = picture.Draw(conversing);
            display.Show(rows, rows.Length - 1, picture.Cursor);
            conversing.Seen();
        }

        void Resize()
        {
            picture = new(TerminalSize.Columns, TerminalSize.Rows);
            display.Forget();
        }

        void Quit(int code)
        {
            exitCode = code;
            loop.End();
        }

        PosixSignalRegistration Signal(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Quit(ExitCode.Interrupted);
        });
    }
}

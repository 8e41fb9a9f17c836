using System.CommandLine;
using System.Text;
using Chat.Cli.Calls;
using Chat.Cli.Names;
using Chat.Cli.Printing;
using Chat.Client;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Cli.Commands;

internal static class SendCommand
{
    private static readonly Argument<string> Target = Words.Target();
    private static readonly Argument<string[]> Text = new("text") { Description = "What to say; read from the standard input where it is left out.", HelpName = "TEXT", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<long?> ReplyTo = new("--reply-to") { Description = "The seq of the message that this one answers.", HelpName = "SEQ" };
    private static readonly Option<string?> Id = new("--id") { Description = "32 hexadecimal digits of your own: sent again with the same id, it is stored once.", HelpName = "ID" };

    public static Command New()
    {
        Command send = new("send", "Sends a message, and ends when it is stored: exactly once, whatever happens to the connection.") { Target, Text, ReplyTo, Id };
        send.SetAction(Run);
        return send;
    }

    private static async Task<int> Run(ParseResult line, CancellationToken interrupted)
    {
        // Before connecting: whoever types it may take their time.
        var text = line.GetValue(Text) is { Length: > 0 } words ? string.Join(' ', words) : await FromStdin(interrupted);
        return await Visit.Deed((_, visit) => Send(line, visit, text))(line, interrupted);
    }

    private static async Task<int> Send(ParseResult line, Visit visit, string text)
    {
        var conversation = await visit.Finder.Conversation(line.GetRequiredValue(Target));
        var stored = await conversation.SendAsync(new NewMessage(text)
        {
            ReplyTo = line.GetValue(ReplyTo), Mentions = Mentioned.In(text), ClientMessageId = line.GetValue(Id) is { } id ? new(id) : null
        }, visit.Cancel);
        if (visit.Output.IsJson)
            visit.Output.Print(new Line(() => JsonLine.Of(new Receipt(stored.Conversation, stored.Seq, stored.SentAt, false), ChatJson.Default.Receipt)));
        return ExitCode.Ok;
    }

    private static async Task<string> FromStdin(CancellationToken cancel)
    {
        StreamReader stdin = new(Console.OpenStandardInput(), new UTF8Encoding(false));
        return (await Stdio.Read(stdin.ReadToEnd, cancel)).TrimEnd('\n', '\r');
    }
}

namespace Chat.Cli.Printing;

/// <summary>One thing to print, for programs and for people.</summary>
/// <param name="Json">As <see cref="JsonLine"/> makes it.</param>
/// <param name="Cells">What people see of it, as it came: it is made safe when it is printed.</param>
internal sealed record Line(Func<string> Json, params string[] Cells);

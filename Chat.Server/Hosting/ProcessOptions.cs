using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

internal sealed class ProcessOptions
{
    public const string Section = "Process";

    /// <summary>Seconds that the connected are given when the server is asked to stop. The whole stop takes at most 4 s more.</summary>
    [Range(0, 10)]
    public int DrainLimit { get; init; } = 10;
}

[OptionsValidator]
internal sealed partial class ProcessOptionsValidator : IValidateOptions<ProcessOptions>;

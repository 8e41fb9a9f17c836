using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Presences;

internal sealed class PresenceOptions
{
    public const string Section = "Presence";

    /// <summary>Seconds after a user's last connection went until the user counts as offline; a page reload within them is silent.</summary>
    [Range(0, 300)]
    public int Grace { get; init; } = 10;
}

[OptionsValidator]
internal sealed partial class PresenceOptionsValidator : IValidateOptions<PresenceOptions>;

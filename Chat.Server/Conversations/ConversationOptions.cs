using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Conversations;

internal sealed class ConversationOptions
{
    public const string Section = "Conversations";

    /// <summary>Members that one conference may have; the Lobby has everybody.</summary>
    [Range(2, 100_000)]
    public int MembersPerConference { get; init; } = 5_000;
}

[OptionsValidator]
internal sealed partial class ConversationOptionsValidator : IValidateOptions<ConversationOptions>;

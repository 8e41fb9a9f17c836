using System.Text.Json.Serialization;
using Chat.Contracts;

namespace Chat.Client.Rules;

/// <summary>
/// What a user asked to have added to a conversation. It keeps its <see cref="ClientMessageId"/> over every try, so that it is stored once;
/// keep it (as JSON, say) to send it after a restart.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MessageDraft), "message")]
[JsonDerivedType(typeof(EditDraft), "edit")]
[JsonDerivedType(typeof(DeleteDraft), "delete")]
[JsonDerivedType(typeof(ReactDraft), "react")]
[JsonDerivedType(typeof(UnreactDraft), "unreact")]
internal abstract record Draft
{
    private protected Draft() { }

    [JsonIgnore]
    public abstract ConversationId Conversation { get; }

    [JsonIgnore]
    public abstract ClientMessageId ClientMessageId { get; }

    /// <summary>The history it was made in; absent where it was made before any was known.</summary>
    public string? Epoch { get; init; }

    /// <summary>An amendment names a seq: in another history that would be another message.</summary>
    [JsonIgnore]
    internal bool NamesASeq => this is not MessageDraft;
}

internal sealed record MessageDraft(SendMessage Request) : Draft
{
    [JsonIgnore]
    public override ConversationId Conversation => Request.Conversation;

    [JsonIgnore]
    public override ClientMessageId ClientMessageId => Request.ClientMessageId;
}

internal sealed record EditDraft(EditMessage Request) : Draft
{
    [JsonIgnore]
    public override ConversationId Conversation => Request.Conversation;

    [JsonIgnore]
    public override ClientMessageId ClientMessageId => Request.ClientMessageId;
}

internal sealed record DeleteDraft(DeleteMessage Request) : Draft
{
    [JsonIgnore]
    public override ConversationId Conversation => Request.Conversation;

    [JsonIgnore]
    public override ClientMessageId ClientMessageId => Request.ClientMessageId;
}

internal sealed record ReactDraft(React Request) : Draft
{
    [JsonIgnore]
    public override ConversationId Conversation => Request.Conversation;

    [JsonIgnore]
    public override ClientMessageId ClientMessageId => Request.ClientMessageId;
}

internal sealed record UnreactDraft(Unreact Request) : Draft
{
    [JsonIgnore]
    public override ConversationId Conversation => Request.Conversation;

    [JsonIgnore]
    public override ClientMessageId ClientMessageId => Request.ClientMessageId;
}

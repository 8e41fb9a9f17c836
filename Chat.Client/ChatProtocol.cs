namespace Chat.Client;

/// <summary>How calls and events are written on the wire; what they say is the same.</summary>
public enum ChatProtocol
{
    Json,

    /// <summary>The same in fewer bytes.</summary>
    MessagePack
}

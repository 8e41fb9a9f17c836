namespace Chat.Client;

/// <summary>How calls and events are written on the wire; what they say is the same.</summary>
public enum ChatProtocol
{
    /// <summary>As text, which can be read on its way.</summary>
    Json,

    /// <summary>The same in fewer bytes.</summary>
    MessagePack
}

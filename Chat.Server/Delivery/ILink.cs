namespace Chat.Server.Delivery;

/// <summary>The way to one client. SignalR's is one; the simulation has another.</summary>
internal interface ILink
{
    /// <summary>Completes when the transport has taken the frame, which a reader who stopped may keep from happening.</summary>
    ValueTask Write(Frame frame);

    /// <summary>
    /// Lets the call under way be answered, says a last word, where there is one, and closes. Returns at once; nothing can be written afterwards.
    /// </summary>
    void Close(Frame? last, Task callUnderWay);
}

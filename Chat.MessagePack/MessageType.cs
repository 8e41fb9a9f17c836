namespace Chat.MessagePack;

/// <summary>The first element of every message.</summary>
internal enum MessageType : long
{
    Invocation = 1,
    StreamItem = 2,
    Completion = 3,
    StreamInvocation = 4,
    CancelInvocation = 5,
    Ping = 6,
    Close = 7,
    Ack = 8,
    Sequence = 9,
}

/// <summary>How an invocation ended, as its completion tells it.</summary>
internal enum ResultKind : long
{
    Error = 1,
    Void = 2,
    Value = 3,
}

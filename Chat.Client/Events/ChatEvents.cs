using Chat.Contracts;
using Microsoft.Extensions.Logging;

namespace Chat.Client.Events;

/// <summary>Everything a user of the client may listen to, but for entries, which are read by their place.</summary>
internal sealed partial class ChatEvents
{
    private readonly ILogger _logger;

    public ChatEvents(ILogger<ChatClient> logger)
    {
        _logger = logger;
        Errors = new(fault => Log.HandlerOfErrorsFailed(_logger, fault));
        States = new(Report);
        Inbox = new(Report);
        Typing = new(Report);
        Presence = new(Report);
        Profiles = new(Report);
        ReadMarks = new(Report);
        Announcements = new(Report);
    }

    public Subscribers<Exception> Errors { get; }
    public Subscribers<ChatState> States { get; }
    public Subscribers<InboxEntry> Inbox { get; }
    public Subscribers<TypingNotice> Typing { get; }
    public Subscribers<PresenceNotice> Presence { get; }
    public Subscribers<Profile> Profiles { get; }
    public Subscribers<ReadNotice> ReadMarks { get; }
    public Subscribers<Announcement> Announcements { get; }

    /// <summary>Something went wrong that no call can throw.</summary>
    public void Report(Exception fault)
    {
        if (Errors.IsEmpty) Log.Unheard(_logger, fault);
        Errors.Tell(fault);
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Error, "A handler of the chat client failed, and nobody listens to its errors.")]
        public static partial void Unheard(ILogger logger, Exception fault);

        [LoggerMessage(101, LogLevel.Error, "A handler of errors failed.")]
        public static partial void HandlerOfErrorsFailed(ILogger logger, Exception fault);
    }
}

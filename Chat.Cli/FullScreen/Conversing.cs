using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.FullScreen;

/// <summary>What is looked at, and what becomes of keys and of what is heard. Touched by the loop alone.</summary>
internal sealed class Conversing
{
    private const int Page = 100;
    private static readonly TimeSpan TypingIsToldEvery = TimeSpan.FromSeconds(3);

    private readonly ChatClient _chat;
    private readonly Action<int> _quit;
    private readonly Orders _orders;
    private readonly List<Talk> _talks = [];
    private readonly HashSet<ConversationId> _coming = [];
    private DateTimeOffset _toldTyping;

    /// <param name="quit">Ends it, with an exit code.</param>
    public Conversing(ChatClient chat, Action<int> quit) => (_chat, _quit, _orders) = (chat, quit, new(chat, this, quit));

    /// <summary>Pinned ones first, then the newest activity.</summary>
    public List<Talk> Talks => [.. _talks.OrderByDescending(talk => talk.Details.Pinned).ThenByDescending(talk => talk.LastActivityAt)];

    public Talk? Current { get; private set; }
    public Composer Composer { get; } = new();
    public Switcher? Switcher { get; private set; }
    public ChatState State { get; private set; } = ChatState.Live;

    /// <summary>What has to be said, until the next key.</summary>
    public string? Notice { get; set; }

    /// <summary>Begins something that takes time; what it is refused is said.</summary>
    public async void Begin(Func<Task> deed)
    {
        try
        {
            await deed();
        }
        catch (OperationCanceledException)
        {
            // It ends.
        }
        catch (Exception no)
        {
            Notice = no.Message;
        }
    }

    public async Task Open()
    {
        await foreach (var conversation in _chat.ConversationsAsync()) Know(conversation, conversation.Details!);
        if (Talks is [var first, ..]) Look(first);
    }

    /// <summary>Goes to a conversation that may be new in the list.</summary>
    public async Task GoTo(ChatConversation conversation)
    {
        var details = await conversation.DetailsAsync();
        Look(_talks.Find(talk => talk.Id == conversation.Id) ?? Know(conversation, details));
    }

    public void Forget(Talk talk)
    {
        _talks.Remove(talk);
        if (Current != talk) return;
        Current = null;
        if (Talks is [var first, ..]) Look(first);
    }

    public void Hear(ChatConversation conversation, Entry entry)
    {
        if (_talks.Find(talk => talk.Id == conversation.Id) is not { } talk)
        {
            Begin(() => Meet(conversation));
            return;
        }
        talk.Hear(entry);
        if (entry is Message && talk != Current && entry.Author.User != _chat.Me.User) talk.Unread++;
        if (entry is Joined or Left or Removed or Renamed or RoleChanged) Begin(() => Refresh(talk));
    }

    public void Hear(InboxEntry entry)
    {
        switch (entry)
        {
            case ConversationAdded added:
                Begin(async () => await Meet(await _chat.ConversationAsync(added.Conversation)));
                break;
            case ConversationLeft left when _talks.Find(talk => talk.Id == left.Conversation) is { } talk:
                Forget(talk);
                break;
            case ReadMarked marked when _talks.Find(talk => talk.Id == marked.Conversation) is { } talk:
                Begin(() => Refresh(talk));
                break;
            case ConversationChanged changed when _talks.Find(talk => talk.Id == changed.Conversation) is { } talk:
                Begin(() => Refresh(talk));
                break;
        }
    }

    public void Hear(PresenceNotice notice)
    {
        foreach (var talk in _talks) talk.See(notice);
    }

    public void Hear(TypingNotice notice)
    {
        if (notice.Person.User != _chat.Me.User) _talks.Find(talk => talk.Id == notice.Conversation)?.Types(notice.Person.UserName);
    }

    public void Hear(ChatState state)
    {
        State = state;
        if (state == ChatState.Ended) _quit(ExitCode.Refused);
    }

    /// <summary>Called whenever everything is drawn: what stands at the bottom of the screen has been read.</summary>
    public void Seen()
    {
        if (Current is not { IsLoaded: true, Scroll: 0 } talk || State != ChatState.Live || talk.Newest <= talk.MarkedRead) return;
        talk.MarkedRead = talk.Newest;
        talk.Unread = 0;
        Begin(() => talk.Conversation.MarkReadAsync(talk.MarkedRead));
    }

    public void Paste(char c)
    {
        if (c >= ' ' || c == '\n') (Switcher?.Typed ?? Composer).Insert(c);
    }

    public void Press(ConsoleKeyInfo key, int page)
    {
        Notice = null;
        var control = key.Modifiers == ConsoleModifiers.Control;
        if (control && key.Key == ConsoleKey.C) _quit(ExitCode.Interrupted);
        else if (Switcher is { } switcher) Choose(switcher, key);
        else if (control && key.Key == ConsoleKey.D && Composer.IsEmpty) _quit(ExitCode.Ok);
        else if (control && key.Key == ConsoleKey.K) Switcher = new(() => Talks);
        else if (key.Key == ConsoleKey.Enter && key.Modifiers == ConsoleModifiers.Alt) Composer.Insert('\n');
        else if (key.Key == ConsoleKey.Enter) Say();
        else if (key.Key == ConsoleKey.PageUp) Scroll(page);
        else if (key.Key == ConsoleKey.PageDown) Scroll(-page);
        else if (key.Key == ConsoleKey.UpArrow) Scroll(1);
        else if (key.Key == ConsoleKey.DownArrow) Scroll(-1);
        else if (Composer.Edit(key)) TellTyping();
    }

    private void Choose(Switcher switcher, ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Enter } when switcher.Chosen is { } chosen:
                Switcher = null;
                Look(chosen);
                break;
            case { Key: ConsoleKey.Escape } or { Key: ConsoleKey.K, Modifiers: ConsoleModifiers.Control }: Switcher = null; break;
            case { Key: ConsoleKey.UpArrow }: switcher.Move(-1); break;
            case { Key: ConsoleKey.DownArrow }: switcher.Move(1); break;
            default: switcher.Edit(key); break;
        }
    }

    private void Look(Talk talk)
    {
        if (Current is { } before) before.Draft = Composer.Text;
        Current = talk;
        Composer.Set(talk.Draft);
        if (!talk.IsLoaded) Begin(() => Load(talk));
    }

    private void Say()
    {
        var text = Composer.Text;
        if (string.IsNullOrWhiteSpace(text)) return;
        if (text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal))
        {
            Composer.Set("");
            Begin(() => _orders.Do(text[1..]));
        }
        else if (Current is { } talk)
        {
            Composer.Set("");
            talk.Scroll = 0;
            Begin(() => Send(talk, text.StartsWith('/') ? text[1..] : text));
        }
    }

    private static async Task Send(Talk talk, string text)
    {
        var id = ClientMessageId.New(TimeProvider.System);
        talk.Pending.Add((id, text));
        try
        {
            await talk.Conversation.SendAsync(new NewMessage(text) { ClientMessageId = id, Mentions = Names.Mentioned.In(text) });
        }
        catch (ChatRefusedException no)
        {
            talk.Pending.RemoveAll(pending => pending.Id == id);
            talk.Note($"Not sent: {text}\n{no.Message}");
        }
    }

    private void Scroll(int rows)
    {
        if (Current is not { } talk) return;
        talk.Scroll = Math.Max(0, talk.Scroll + rows);
        if (rows > 0 && talk is { HasMore: true, IsLoading: false }) Begin(() => Load(talk));
    }

    private static async Task Load(Talk talk)
    {
        if (talk.IsLoading) return;
        talk.IsLoading = true;
        try
        {
            // What is heard before the first page is above it or in it; older pages go down from the oldest.
            talk.Load(await talk.Conversation.PageAsync(talk.IsLoaded ? talk.Oldest : null, limit: Page));
        }
        finally
        {
            talk.IsLoading = false;
        }
    }

    private async Task Meet(ChatConversation conversation)
    {
        if (_talks.Exists(talk => talk.Id == conversation.Id) || !_coming.Add(conversation.Id)) return;
        try
        {
            Know(conversation, await conversation.DetailsAsync());
        }
        finally
        {
            _coming.Remove(conversation.Id);
        }
    }

    private Talk Know(ChatConversation conversation, Conversation details)
    {
        Talk talk = new(conversation, details, _chat.Me.UserName);
        _talks.Add(talk);
        if (Current is null) Look(talk);
        return talk;
    }

    private async Task Refresh(Talk talk)
    {
        talk.Refresh(await talk.Conversation.DetailsAsync());
        if (talk == Current && talk.Scroll == 0) talk.Unread = 0;
    }

    private void TellTyping()
    {
        if (Current is not { } talk || Composer.Text.StartsWith('/') || Composer.IsEmpty || DateTimeOffset.UtcNow - _toldTyping < TypingIsToldEvery) return;
        _toldTyping = DateTimeOffset.UtcNow;
        if (State == ChatState.Live) Begin(() => talk.Conversation.TypingAsync());
    }
}

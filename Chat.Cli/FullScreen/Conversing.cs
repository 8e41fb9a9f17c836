using Chat.Client;
using Chat.Contracts;

namespace Chat.Cli.FullScreen;

/// <summary>What is looked at, and what becomes of keys and of what is heard. Touched by the loop alone.</summary>
internal sealed class Conversing
{
    private const int Page = 100;

    private readonly ChatClient _chat;
    private readonly Action<int> _quit;
    private readonly Orders _orders;
    private readonly List<Talk> _talks = [];
    private readonly HashSet<ConversationId> _coming = [];
    private List<ClientMessageId> _toldUnsent = [];
    private string? _epoch;

    /// <param name="quit">Ends it, with an exit code.</param>
    public Conversing(ChatClient chat, Action<int> quit) => (_chat, _quit, _orders) = (chat, quit, new(chat, this));

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
        Look(Know(conversation, details));
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
        if (state == ChatState.Live) Begin(Follow);
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
        if (c is >= ' ' or '\n' or '\t') (Switcher?.Typed ?? Composer).Insert(c);
    }

    public void Press(ConsoleKeyInfo key, int page)
    {
        Notice = null;
        var control = key.Modifiers == ConsoleModifiers.Control;
        if (control && key.Key == ConsoleKey.C) _quit(ExitCode.Interrupted);
        else if (Switcher is { } switcher) Choose(switcher, key);
        else if (control && key.Key == ConsoleKey.D && Composer.IsEmpty) Quit();
        else if (control && key.Key == ConsoleKey.K) Switcher = new(() => Talks);
        else if (key.Key == ConsoleKey.Enter && key.Modifiers == ConsoleModifiers.Alt) Composer.Insert('\n');
        else if (key.Key == ConsoleKey.Enter) Say();
        else if (key.Key == ConsoleKey.PageUp) Scroll(page);
        else if (key.Key == ConsoleKey.PageDown) Scroll(-page);
        else if (key.Key == ConsoleKey.UpArrow) Scroll(1);
        else if (key.Key == ConsoleKey.DownArrow) Scroll(-1);
        else if (Composer.Edit(key)) TellTyping();
    }

    /// <summary>Ends it; where that would lose messages that are still on their way, says so first, and does it the next time.</summary>
    public void Quit()
    {
        List<ClientMessageId> unsent = [.. _talks.SelectMany(talk => talk.Pending).Select(pending => pending.Id)];
        if (!unsent.Except(_toldUnsent).Any())
        {
            _quit(unsent.Count == 0 ? ExitCode.Ok : ExitCode.Failed);
            return;
        }
        _toldUnsent = unsent;
        Notice = $"Not sent yet: {unsent.Count} {(unsent.Count == 1 ? "message" : "messages")}. Once more leaves all the same.";
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
            talk.Store(id);
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

    private async Task Load(Talk talk)
    {
        if (talk.IsLoading) return;
        talk.IsLoading = true;
        try
        {
            // What is heard before the first page is above it or in it; older pages go down from the oldest.
            var before = talk.IsLoaded ? talk.Oldest : null;
            var page = await talk.Conversation.PageAsync(before, limit: Page);
            if (before is not null && !talk.IsLoaded) page = await talk.Conversation.PageAsync(limit: Page); // it began anew meanwhile
            _epoch ??= page.Epoch;
            talk.Load(page);
        }
        finally
        {
            talk.IsLoading = false;
        }
    }

    // After an interruption the server may tell another history, from a backup: the seqs that are held mean something else there.
    private async Task Follow()
    {
        if (_epoch is not { } held || await Epoch() is not { } epoch || epoch == held) return;
        _epoch = epoch;
        List<ChatConversation> all = [];
        await foreach (var conversation in _chat.ConversationsAsync()) all.Add(conversation);
        foreach (var gone in _talks.Where(talk => !all.Exists(one => one.Id == talk.Id)).ToList()) Forget(gone);
        foreach (var conversation in all)
        {
            if (_talks.Find(talk => talk.Id == conversation.Id) is { } talk) talk.BeginAnew(conversation.Details!);
            else Know(conversation, conversation.Details!);
        }
        if (Current is { } current) await Load(current);
    }

    /// <summary>The history as the server tells it now; null where nothing can be read.</summary>
    private async Task<string?> Epoch()
    {
        foreach (var talk in Talks)
        {
            try
            {
                return (await talk.Conversation.PageAsync(limit: 1)).Epoch;
            }
            catch (ChatRefusedException gone) when (gone.Is(Refusal.NoSuchConversation))
            {
                // Another one may still be there.
            }
        }
        return null;
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

    // It may have become known while its details were awaited.
    private Talk Know(ChatConversation conversation, Conversation details)
    {
        if (_talks.Find(talk => talk.Id == conversation.Id) is { } known) return known;
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
        if (Current is { } talk && !Composer.Text.StartsWith('/') && !Composer.IsEmpty) Begin(() => talk.Conversation.TypingAsync());
    }
}

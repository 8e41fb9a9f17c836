using Chat.Contracts;

namespace Chat.Server.Hubs;

internal sealed partial class ChatHub
{
    // Not cancelled with the connection: a sender who drops right after sending has still sent.
    public Task<Answer<Receipt>> SendMessage(SendMessage request) => messenger.Send(Caller, request);

    public Task<Answer<Receipt>> EditMessage(EditMessage request) => amender.Edit(Caller, request);

    public Task<Answer<Receipt>> DeleteMessage(DeleteMessage request) => amender.Delete(Caller, request);

    public Task<Answer<Receipt>> React(React request) => reactions.React(Caller, request);

    public Task<Answer<Receipt>> Unreact(Unreact request) => reactions.Unreact(Caller, request);

    public Task<Answer<TranscriptPage>> ReadTranscript(ReadTranscript request) => history.Read(Caller, request);

    public Task<Answer<ReadMark>> MarkRead(MarkRead request) => readMarks.Move(Caller, request);

    public Task<Answer<Done>> Typing(Typing request) => typing.Tell(Caller, request);

    public async Task<Answer<ResyncResult>> Resync(Resync request) => request.Have.Count > Limits.ResyncedPerCall
        ? Refusal.TooLarge.Of("have")
        : await listening.Resync(Connection, Caller, request);
}

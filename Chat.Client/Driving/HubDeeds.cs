using Chat.Client.Rules;
using Chat.Contracts;

namespace Chat.Client.Driving;

/// <summary>Which method of the hub a greeting, or a draft, asks for.</summary>
internal static class HubDeeds
{
    extension(IChatHub hub)
    {
        public Task<Answer<Session>> Greet(Greeting greeting) => greeting switch
        {
            Register register => hub.Register(register),
            LogIn logIn => hub.LogIn(logIn),
            Resume resume => hub.Resume(resume),
            _ => throw new NotSupportedException($"Nobody is greeted by {greeting.GetType().Name}.")
        };

        public Task<Answer<Receipt>> Send(Draft draft) => draft switch
        {
            MessageDraft message => hub.SendMessage(message.Request),
            EditDraft edit => hub.EditMessage(edit.Request),
            DeleteDraft delete => hub.DeleteMessage(delete.Request),
            ReactDraft react => hub.React(react.Request),
            UnreactDraft unreact => hub.Unreact(unreact.Request),
            _ => throw new NotSupportedException($"Nobody sends a {draft.GetType().Name}.")
        };
    }
}

using System.Security.Cryptography;
using Chat.Contracts;

namespace NineCases;

/// <summary>Three users and what they have begun together; the cases are in the files beside this one, and follow one another.</summary>
internal sealed partial class Scene(Uri server) : IAsyncDisposable
{
    private const string LettersThatLookLikeNoOther = "abcdefghijkpqstuxyz";

    // Other names than in any other run.
    private readonly string _suffix = RandomNumberGenerator.GetString(LettersThatLookLikeNoOther, 8);
    private readonly string _password = Guid.NewGuid().ToString();
    private readonly List<Person> _people = [];

    private Person _ann = null!;
    private Person _bob = null!;
    private Person _cyd = null!;
    private Session _annsSession = null!;
    private Session _cydsSession = null!;
    private ConversationId _chat;
    private ConversationId _plans;

    private string Ann => $"ann.{_suffix}";
    private string Bob => $"bob.{_suffix}";
    private string Cyd => $"cyd.{_suffix}";

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people) await person.DisposeAsync();
    }

    private async Task<Person> Connect()
    {
        var person = await Person.Connect(server);
        _people.Add(person);
        return person;
    }

    private async Task<(Person Person, Session Session)> Register(string userName)
    {
        var person = await Connect();
        return (person, await person.Ask<Session>(nameof(IChatHub.Register), new Register { UserName = userName, Password = _password }));
    }

    private static OperationId NewOperation() => OperationId.New(TimeProvider.System);

    private static IEnumerable<string?> Texts(TranscriptPage page) => page.Entries.OfType<Message>().Select(message => message.Text);
}

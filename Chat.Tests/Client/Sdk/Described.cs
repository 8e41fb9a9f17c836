using System.Xml.Linq;
using Chat.Client;
using Chat.MessagePack;
using Chat.Testing;

namespace Chat.Tests.Client.Sdk;

/// <summary>The reference documentation that comes with the packages. (That nothing is left out of it the compiler sees to.)</summary>
public sealed class Described
{
    public static TheoryData<Type> Packages => [typeof(ChatClient), typeof(ChatTestServer), typeof(MessagePackHubProtocol)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Everything_public_says_in_a_sentence_what_it_is(Type package)
    {
        var types = package.Assembly.GetExportedTypes().Select(type => type.FullName!).ToHashSet();
        var mute = from member in XDocument.Load(Path.ChangeExtension(package.Assembly.Location, ".xml")).Descendants("member")
                   let name = (string)member.Attribute("name")!
                   where types.Contains(TypeOf(name)) && member.Element("inheritdoc") is null && member.Element("summary") is not { Value.Length: > 2 }
                   select name;

        types.Should().NotBeEmpty();
        mute.Should().BeEmpty();
    }

    // M:Chat.Client.ChatClient.LogInAsync(System.String) and T:Chat.Client.ChatClient are both of Chat.Client.ChatClient.
    private static string TypeOf(string member) =>
        member.StartsWith('T') ? member[2..] : member[2..member.Split('(')[0].LastIndexOf('.')];
}

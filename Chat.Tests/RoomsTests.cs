using System.Text.RegularExpressions;
using Chat.Tests.Support;

namespace Chat.Tests;

/// <summary>Which room of the server may name which: arrows point down, and no feature room knows SignalR. Changing the map shows here.</summary>
public sealed partial class RoomsTests
{
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Storage"] = [],
        ["Hosting"] = ["Storage"],
        ["Transcripts"] = ["Storage"],
        ["Delivery"] = ["Transcripts", "Storage"],
        ["Sockets"] = ["Delivery"],
        ["Presences"] = ["Delivery", "Transcripts", "Storage"],
        ["Users"] = ["Presences", "Delivery", "Transcripts", "Storage"],
        ["Login"] = ["Users", "Presences", "Delivery", "Transcripts", "Storage"],
        ["Conversations"] = ["Users", "Presences", "Delivery", "Transcripts", "Storage"],
        ["Messages"] = ["Conversations", "Users", "Presences", "Delivery", "Transcripts", "Storage"],
        ["Hubs"] = ["Web", "Hosting", "Messages", "Conversations", "Login", "Users", "Presences", "Sockets", "Delivery", "Transcripts", "Storage"],
        ["Web"] = ["Hosting", "Messages", "Conversations", "Login", "Users", "Presences", "Delivery", "Transcripts", "Storage"],
    };

    private static readonly string[] KnowTheFramework = ["Delivery", "Hosting", "Hubs", "Sockets", "Web"];

    public static TheoryData<string> Rooms => [.. MayName.Keys];

    [Fact]
    public void Every_room_is_on_the_map() =>
        Directory.GetDirectories(Server).Select(Path.GetFileName).Except(["bin", "obj", "wwwroot", "Properties"]).Should().BeEquivalentTo(MayName.Keys);

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_names_only_what_lies_below_it(string room)
    {
        var strays = from file in SourcesOf(room)
                     from Match named in NamedRoom.Matches(File.ReadAllText(file))
                     where named.Groups[1].Value != room && MayName.ContainsKey(named.Groups[1].Value) && !MayName[room].Contains(named.Groups[1].Value)
                     select $"{Path.GetFileName(file)} names {named.Groups[1].Value}";

        strays.Distinct().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_feature_room_knows_neither_SignalR_nor_HTTP(string room)
    {
        if (KnowTheFramework.Contains(room)) return;

        SourcesOf(room).Where(file => Framework.IsMatch(File.ReadAllText(file))).Should().BeEmpty();
    }

    [Fact]
    public void No_class_is_called_like_its_room()
    {
        var strays = from room in MayName.Keys
                     from file in SourcesOf(room)
                     where Regex.IsMatch(File.ReadAllText(file), $@"\b(class|record|struct|interface|enum) {room}\b")
                     select file;

        strays.Should().BeEmpty();
    }

    private static string Server => Path.Combine(Repository.Root, "Chat.Server");

    private static string[] SourcesOf(string room) => Directory.GetFiles(Path.Combine(Server, room), "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex(@"\bChat\.Server\.(\w+)")]
    private static partial Regex NamedRoom { get; }

    [GeneratedRegex(@"Microsoft\.AspNetCore\.(SignalR|Http|Connections|Builder)")]
    private static partial Regex Framework { get; }
}

using Chat.Contracts;
using Chat.Server.Transcripts;
using Chat.Server.Users;
using Chat.Tests.Support;

namespace Chat.Tests.Users;

public sealed class Registering
{
    [Fact]
    public async Task Of_fifty_who_ask_for_one_name_at_once_exactly_one_gets_it()
    {
        await using var people = await TestPeople.Open();
        string[] spellings = ["bob", "Bob", "BOB", "ｂｏｂ", "b0b"];

        var entered = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => Enter(people, spellings[i % spellings.Length]))));

        entered.Count(id => id is not null).Should().Be(1);
        (await people.Database.Read(sql => sql.One("SELECT COUNT(*) FROM chat_user", row => row.GetInt64(0)))).Should().Be(1);
    }

    [Theory]
    [InlineData("microsoft", "rnicrosoft")]
    [InlineData("bob", "b0b")]
    [InlineData("paul", "pau1")]
    [InlineData("ann", "a.n.n")]
    [InlineData("wendy", "vvendy")]
    [InlineData("wendy", "v-vendy")]
    [InlineData("max_power", "max-power")]
    [InlineData("kim", "ＫＩＭ")]
    [InlineData("final", "ﬁnal")]
    [InlineData("kim", "\u212Aim")]
    public async Task A_name_that_looks_like_another_is_taken(string first, string second)
    {
        await using var people = await TestPeople.Open();
        await people.Register(first);

        (await Enter(people, second)).Should().BeNull();
        (await people.Database.Read(sql => Registration.IsTaken(sql, Check(people, second).Value!))).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("123456789012345678901234567890123")]
    [InlineData("../x")]
    [InlineData("a b")]
    [InlineData("a@b")]
    [InlineData("<b>")]
    [InlineData("%00")]
    [InlineData("a\0b")]
    [InlineData(".bob")]
    [InlineData("-bob")]
    [InlineData("straße")]
    [InlineData("İstanbul")]
    [InlineData("ıstanbul")]
    [InlineData("пётр")]
    [InlineData("bοb")] // a Greek omicron
    [InlineData("bo\u200Bb")]
    [InlineData("bo\u202Eb")]
    [InlineData(" bob")]
    public async Task A_name_that_breaks_the_rules_is_refused(string userName)
    {
        await using var people = await TestPeople.Open();

        Check(people, userName).Refusal.Should().Match<Refusal>(refusal => refusal.Name == "invalid" && refusal.Field == "userName");
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("az-AZ")]
    public async Task Folding_does_not_depend_on_where_the_server_is(string culture)
    {
        await using var people = await TestPeople.Open();
        var before = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new(culture);
        try
        {
            Check(people, "IVAN").Value!.UserName.Should().Be("ivan");
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("Adm-in")]
    [InlineData("system")]
    [InlineData("deleted-user")]
    [InlineData("everyone")]
    [InlineData("m0derator")]
    [InlineData("lobby")]
    [InlineData("Support")]
    public async Task A_reserved_name_is_taken(string userName)
    {
        await using var people = await TestPeople.Open();

        Check(people, userName).Refusal!.Name.Should().Be("userNameTaken");
    }

    [Theory]
    [InlineData("Анна Каренина", "Анна Каренина")]
    [InlineData("  Zoë  ", "Zoë")]
    [InlineData("Zoe\u0308", "Zoë")]
    [InlineData("山田太郎", "山田太郎")]
    [InlineData("👨‍👩‍👧‍👦 Müller", "👨‍👩‍👧‍👦 Müller")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("กำลังใจ", "กำลังใจ")]
    [InlineData("क्षत्रिय", "क्षत्रिय")]
    public async Task A_display_name_is_free(string asked, string stored)
    {
        await using var people = await TestPeople.Open();

        Check(people, "somebody1", asked).Value!.DisplayName.Should().Be(stored);
    }

    [Theory]
    [InlineData("", "invalid")]
    [InlineData("   ", "invalid")]
    [InlineData("\u200B\u2060\uFEFF", "invalid")]
    [InlineData("\u115F\u3164", "invalid")]
    [InlineData("a\nb", "invalid")]
    [InlineData("a\u0000b", "invalid")]
    [InlineData("a\u0085b", "invalid")]
    [InlineData("a\u2028b", "invalid")]
    [InlineData("exe.\u202Efdp", "invalid")]
    [InlineData("a\u2066b", "invalid")]
    [InlineData("a\u0316\u0317\u0318", "invalid")]
    [InlineData("a\uFFFF", "invalid")]
    public async Task A_display_name_that_deceives_is_refused(string asked, string refusal)
    {
        await using var people = await TestPeople.Open();

        Check(people, "somebody1", asked).Refusal.Should().Match<Refusal>(no => no.Name == refusal && no.Field == "displayName");
    }

    [Fact]
    public async Task Half_a_character_is_refused() // an attribute cannot hold one
    {
        await using var people = await TestPeople.Open();

        Check(people, "bo\uD800b").Refusal!.Field.Should().Be("userName");
        Check(people, "bob", "a\uDC00").Refusal!.Field.Should().Be("displayName");
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "tooLarge")]
    [InlineData(50_000, "tooLarge")]
    public async Task A_display_name_is_counted_in_characters(int length, string? refusal)
    {
        await using var people = await TestPeople.Open();

        (Check(people, "somebody1", string.Concat(Enumerable.Repeat("🎉", length))).Refusal?.Name).Should().Be(refusal);
    }

    [Fact]
    public async Task Without_a_display_name_it_is_the_user_name()
    {
        await using var people = await TestPeople.Open();

        Check(people, "Bob").Value!.DisplayName.Should().Be("bob");
    }

    [Fact]
    public async Task It_can_be_closed()
    {
        await using var people = await TestPeople.Open(options: new UsersOptions { Registration = false });

        Check(people, "bob").Refusal.Should().Be(Refusal.RegistrationClosed);
    }

    [Fact]
    public async Task A_newcomer_has_an_inbox_and_has_read_the_Lobby_so_far()
    {
        await using var people = await TestPeople.Open();
        var alice = await people.Register("alice");
        await people.Database.Write(sql => people.Transcript.Append(sql, Lobby.Id, EntryKind.Message, alice, new() { Text = "hello" }));

        var bob = await people.Register("bob");

        (await people.Inbox(bob)).Should().BeEmpty();
        (await people.Database.Write(sql => people.Transcript.AppendToInbox(sql, bob, new ProfileEdited(1)))).Seq.Should().Be(1);
        (await people.Database.Read(sql => sql.One("SELECT read_seq FROM member WHERE user_id = @bob", row => row.GetInt64(0), ("bob", bob)))).Should().Be(1);
    }

    private static Answer<NewUser> Check(TestPeople people, string userName, string? displayName = null) =>
        people.Registration.Check(new() { UserName = userName, Password = "", DisplayName = displayName });

    private static Task<UserId?> Enter(TestPeople people, string userName) =>
        people.Database.Write(sql => people.Registration.Enter(sql, Check(people, userName).Value!, "no hash"));
}

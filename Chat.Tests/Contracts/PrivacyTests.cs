using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>What one user can be told of another is a list that is written down here. A field more is a decision, not an accident.</summary>
public sealed class PrivacyTests
{
    private static readonly string[] NamesAPerson = ["user", "userName", "displayName"];

    [Fact]
    public void A_person_is_named_by_three_fields() => Fields<Person>().Should().Equal(NamesAPerson);

    [Fact]
    public void A_profile_shows_these_fields_and_no_other() => Fields<Profile>().Should().BeEquivalentTo(
        [.. NamesAPerson, "presence", "version", "about", "timeZone", "avatar", "lastSeen", "doNotDisturb", .. OwnOnly]);

    /// <summary>In one's own profile; the server leaves them out of everybody else's, so each has to be able to be absent.</summary>
    [Fact]
    public void What_is_for_oneself_can_be_left_out() =>
        Contract.FieldsOf(typeof(Profile)).Where(field => OwnOnly.Contains(field.Name)).Should().HaveCount(OwnOnly.Length).And.OnlyContain(field => field.Optional);

    [Fact]
    public void When_somebody_was_last_here_can_be_left_out() =>
        new[] { typeof(Profile), typeof(Member), typeof(PresenceNotice) }.SelectMany(Contract.FieldsOf)
            .Where(field => field.Name == "lastSeen").Should().HaveCount(3).And.OnlyContain(field => field.Optional);

    [Fact]
    public void A_member_shows_these_fields_and_no_other() => Fields<Member>().Should().Equal("person", "role", "presence", "readSeq", "lastSeen");

    [Fact]
    public void Events_about_others_show_these_fields_and_no_other()
    {
        Fields<PresenceNotice>().Should().Equal("person", "presence", "lastSeen");
        Fields<TypingNotice>().Should().Equal("conversation", "person");
        Fields<ReadNotice>().Should().Equal("conversation", "person", "readSeq");
        Fields<Announcement>().Should().Equal("text", "author", "sentAt");
    }

    [Fact]
    public void Nothing_that_travels_is_called_like_what_must_not()
    {
        string[] secrets = ["email", "address", "password", "hash", "token"];
        var told = from record in Contract.Records
                   where Contract.Methods.All(method => method.Request != record)
                   from field in Contract.FieldsOf(record)
                   where secrets.Any(secret => field.Name.Contains(secret, StringComparison.OrdinalIgnoreCase))
                   select $"{record.Name}.{field.Name}";

        told.Should().Equal("Session.token");
    }

    private static string[] OwnOnly => ["presenceChoice", "hidesLastSeen", "administrator"];

    private static IEnumerable<string> Fields<T>() => Contract.FieldsOf(typeof(T)).Select(field => field.Name);
}

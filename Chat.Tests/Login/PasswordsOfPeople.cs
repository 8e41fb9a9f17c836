using Chat.Contracts;
using Chat.Server.Login;
using Chat.Tests.Support;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Login;

public sealed class PasswordsOfPeople
{
    [Theory]
    [InlineData("abc1$xy")] // 7 bytes
    [InlineData("password")]
    [InlineData("password1")]
    [InlineData("P@ssw0rd!")]
    [InlineData("Passw0rd2024!")]
    [InlineData("123password")]
    [InlineData("passwordpassword")]
    [InlineData("12345678")]
    [InlineData("19871987")]
    [InlineData("0123456789")]
    [InlineData("a1234567")]
    [InlineData("11111111")]
    [InlineData("aaaaaaaa")]
    [InlineData("abcabcabc")]
    [InlineData("abcd1234")]
    [InlineData("qwertyuiop")]
    [InlineData("Qwerty123")]
    [InlineData("1234qwer")]
    [InlineData("1q2w3e4r")]
    [InlineData("1qaz2wsx")]
    [InlineData("zaq12wsx")]
    [InlineData("asdfghjkl")]
    [InlineData("q1w2e3r4t5")]
    [InlineData("iloveyou")]
    [InlineData("iloveyou2")]
    [InlineData("letmein!!")]
    [InlineData("L3tm31n!")]
    [InlineData("trustno1")]
    [InlineData("sunshine")]
    [InlineData("Baseball7")]
    [InlineData("superman")]
    [InlineData("Liverpool1")]
    [InlineData("charlie123")]
    [InlineData("Summer2024!")]
    [InlineData("mustang69")]
    [InlineData("jordan23")]
    [InlineData("ＰＡＳＳＷＯＲＤ")]
    [InlineData("пароль123")]
    [InlineData("SignalRChat")]
    [InlineData("signalr1")]
    [InlineData("carolina9")] // the user name
    [InlineData("CAROLINA9")]
    [InlineData("carolina9!")]
    [InlineData("carolina9carolina9")]
    public void A_password_that_is_guessed_first_is_refused(string password) =>
        PasswordRules.CheckNew(password, "carolina9", "password").Should().Match<Refusal>(
            refusal => refusal.Name == "invalid" && refusal.Field == "password");

    [Theory]
    [InlineData("the heron eats at dawn")]
    [InlineData("correct horse battery staple")]
    [InlineData("x9K!vq2$")]
    [InlineData("tuesday herons")]
    [InlineData("7f3a9d1e5b2c")]
    [InlineData("84629175038261")]
    [InlineData("wir fahren nach Husum")]
    [InlineData("кот сидит на окне")]
    [InlineData("春眠不覚暁")]
    [InlineData("🦊🌧🚲🎻")]
    [InlineData("        x        y")]
    [InlineData("nul\0inside")]
    public void Any_other_is_as_good_as_it_is_long(string password) =>
        PasswordRules.CheckNew(password, "carolina9", "password").Should().BeNull();

    [Theory]
    [InlineData(64, null)]
    [InlineData(128, null)]
    [InlineData(1_024, null)]
    [InlineData(1_025, "tooLarge")]
    [InlineData(10_000, "tooLarge")]
    [InlineData(1_000_000, "tooLarge")]
    public void A_password_may_be_long(int length, string? refusal) =>
        (PasswordRules.CheckNew(new string('x', length), "bob", "password")?.Name).Should().Be(refusal);

    [Fact]
    public void Length_is_counted_in_bytes_of_the_composed_form() =>
        PasswordRules.CheckNew(string.Concat(Enumerable.Repeat("u\u0308", 512)), "bob", "password").Should().BeNull();

    [Fact]
    public void Half_a_character_is_refused() => PasswordRules.Check("abcdefg\uD800xyz", "current")!.Field.Should().Be("current");

    [Fact]
    public async Task A_hash_names_its_parameters_and_has_salt()
    {
        using var passwords = New(iterations: 1_000);

        var (one, two) = ((await passwords.Hash("the same password"))!, (await passwords.Hash("the same password"))!);

        one.Should().NotBe(two);
        // 01 | PRF 00000002 = HMAC-SHA512 | iterations, both big-endian
        Convert.FromBase64String(one)[..9].Should().Equal(1, 0, 0, 0, 2, 0, 0, 0x03, 0xE8);
    }

    [Fact]
    public async Task A_hash_with_fewer_rounds_is_renewed_at_log_in()
    {
        await using var weak = await TestLogin.Open();
        await weak.Register("bob");
        var before = await Hash(weak);
        var strong = weak.With(new() { PasswordIterations = 2_000 });

        (await strong.LogIn("bob")).Ok.Should().BeTrue();
        var after = await Hash(weak);
        (await strong.LogIn("bob")).Ok.Should().BeTrue();

        after.Should().NotBe(before);
        (await Hash(weak)).Should().Be(after, "it is strong enough now");
        (await strong.LogIn("bob", "another heron")).Ok.Should().BeFalse();
    }

    [Fact]
    public async Task Log_ins_at_once_renew_one_hash_and_all_get_in()
    {
        await using var weak = await TestLogin.Open();
        await weak.Register("bob");
        var strong = weak.With(new() { PasswordIterations = 2_000 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => strong.LogIn("bob")));

        answers.Should().OnlyContain(answer => answer.Ok);
    }

    [Fact]
    public async Task Of_a_flood_some_wait_and_the_rest_is_refused_at_once()
    {
        using var passwords = New(iterations: 200_000, queue: 3);

        var flood = Enumerable.Range(0, 100).Select(_ => passwords.Verify(null, "whatever it is")).ToList();
        var refusedAtOnce = flood.Count(task => task.IsCompletedSuccessfully && task.Result is null);
        var verdicts = await Task.WhenAll(flood);

        verdicts.Count(verdict => verdict is not null).Should().BeGreaterThanOrEqualTo(Environment.ProcessorCount + 3);
        refusedAtOnce.Should().BeGreaterThan(50);
        (await passwords.Verify(null, "whatever it is")).Should().Be(Verdict.Wrong, "there is room again");
    }

    [Fact]
    public void What_is_set_too_weak_is_told()
    {
        new LoginOptions().Weaknesses().Should().BeEmpty();
        new LoginOptions { PasswordIterations = 99_999, FreeFailures = 0, FailuresPerAddress = 0, FailuresPerUser = 0, RegistrationsPerAddress = 0 }
            .Weaknesses().Should().HaveCount(5);
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1_000, true)]
    [InlineData(10_000_001, false)]
    public void Options_have_ranges(int iterations, bool valid) =>
        new LoginOptionsValidator().Validate(null, new() { PasswordIterations = iterations }).Succeeded.Should().Be(valid);

    private static Passwords New(int iterations, int queue = 32) =>
        new(Options.Create(new LoginOptions { PasswordIterations = iterations, PasswordQueue = queue }));

    private static Task<string?> Hash(TestLogin login) =>
        login.People.Database.Read(sql => sql.One("SELECT password_hash FROM chat_user WHERE user_name = 'bob'", row => row.GetString(0)));
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts;
using Chat.Contracts.Json;

namespace Chat.Tests.Conversations;

public sealed class Strangers
{
    [Fact]
    public async Task Are_answered_byte_for_byte_as_for_a_conversation_that_does_not_exist()
    {
        await using var house = await House.Build();
        var alice = await house.Add("alice");
        await house.Add("bob");
        await house.Add("carol");
        var mallory = await house.Add("mallory");
        var conference = await house.Conference(alice, "bob", "carol");
        var chat = (await house.PrivateChat(alice, "bob")).ConversationId;
        ConversationId none = new($"c{Guid.NewGuid():N}");
        var before = await house.Everything();

        var forNone = await DoEverything(house, mallory, none);
        forNone.Add(await Text(house.Leave(mallory, none), ChatJson.Default.AnswerDone));
        forNone.Add(await Text(house.List.Get(mallory, new() { Conversation = none }), ChatJson.Default.AnswerConversation));
        foreach (var real in new[] { conference, chat })
        {
            var forReal = await DoEverything(house, mallory, real);
            forReal.Add(await Text(house.Leave(mallory, real), ChatJson.Default.AnswerDone));
            forReal.Add(await Text(house.List.Get(mallory, new() { Conversation = real }), ChatJson.Default.AnswerConversation));
            forReal.Should().Equal(forNone);
        }

        forNone.Should().OnlyContain(answer => answer.Contains("noSuchConversation"));
        (await house.Everything()).Should().Be(before);
    }

    /// <summary>Every call that only members may make, with its answer as it travels.</summary>
    internal static async Task<List<string>> DoEverything(House house, UserId caller, ConversationId conversation) =>
    [
        await Text(house.Invite(caller, conversation, "carol"), ChatJson.Default.AnswerConferenceStarted),
        await Text(house.Members.Read(caller, new() { Conversation = conversation }), ChatJson.Default.AnswerMemberPage),
        await Text(house.Open.Join(caller, new() { Conversation = conversation }), ChatJson.Default.AnswerConversation),
        await Text(house.Departures.Remove(caller, new() { Conversation = conversation, UserName = "alice" }), ChatJson.Default.AnswerDone),
        await Text(house.Roles.Change(caller, new() { Conversation = conversation, UserName = "alice", Role = Role.Member }), ChatJson.Default.AnswerDone),
        await Text(house.Rename(caller, conversation, "Mine"), ChatJson.Default.AnswerDone),
        await Text(house.Settings.Hide(caller, new() { Conversation = conversation }), ChatJson.Default.AnswerDone),
        await Text(house.Settings.Pin(caller, new() { Conversation = conversation, Pinned = true }), ChatJson.Default.AnswerDone),
        await Text(house.Settings.Mute(caller, new() { Conversation = conversation, Muted = true }), ChatJson.Default.AnswerDone),
    ];

    private static async Task<string> Text<T>(Task<Answer<T>> answer, JsonTypeInfo<Answer<T>> shape) where T : class =>
        JsonSerializer.Serialize(await answer, shape);
}

using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

/// <summary>A whole frame whose values do not fit is told to the hub, which answers; the connection lives. As with JSON, to the exception.</summary>
public sealed class UnfitArguments
{
    private const string Xyz = "a3 78 79 7a";
    private const string Json = "a4 6a 73 6f 6e";

    [Fact]
    public void A_text_for_a_number_is_told_as_json_tells_it() => ToldAsJsonTells(new InvocationMessage("xyz", "long", ["x"]));

    [Fact]
    public void A_wrong_field_is_told_with_its_path()
    {
        var invocation = new InvocationMessage("xyz", "note", [new { author = new { id = 5 } }]);

        ToldAsJsonTells(invocation);
        Told(Wire.BodyOf(invocation)).InnerException.Should().BeOfType<JsonException>().Which.Path.Should().Be("$.author.id");
    }

    [Fact]
    public void Null_for_a_number_is_told_as_json_tells_it() => ToldAsJsonTells(new InvocationMessage("xyz", "long", [null]));

    [Fact]
    public void A_fraction_for_a_whole_number_is_told_as_json_tells_it() => ToldAsJsonTells(new StreamInvocationMessage("xyz", "long", [1.5]));

    [Fact]
    public void Too_many_arguments_are_told_as_json_tells_it() => ToldAsJsonTells(new InvocationMessage("xyz", "long", [1, 2]));

    [Fact]
    public void Too_few_arguments_are_told_as_json_tells_it() => ToldAsJsonTells(new InvocationMessage("xyz", "long", []));

    [Fact]
    public void An_unknown_method_is_told_as_json_tells_it()
    {
        var invocation = new InvocationMessage("xyz", "unknown", [1]);

        ToldAsJsonTells(invocation);
        Told(Wire.BodyOf(invocation)).Should().BeOfType<HubException>();
    }

    [Fact]
    public void A_key_twice_is_refused_where_the_options_say_so() =>
        Told($"96 01 80 {Xyz} a4 6e 6f 74 65 91 82 a3 73 65 71 01 a3 73 65 71 02 90").InnerException.Should().BeOfType<JsonException>();

    [Theory]
    [InlineData("c7 01 05 ff")]
    [InlineData("c8 00 01 05 ff")]
    [InlineData("c9 00 00 00 01 05 ff")]
    [InlineData("d4 05 ff")]
    [InlineData("d6 ff 00 00 00 00")]
    [InlineData("d7 ff 00 00 00 00 00 00 00 00")]
    [InlineData("c7 0c ff 00 00 00 00 00 00 00 00 00 00 00 00")]
    public void An_extension_has_no_meaning_in_json(string value) =>
        Told($"96 01 80 {Xyz} {Json} 91 {value} 90").InnerException.Should().BeOfType<InvalidDataException>();

    [Theory]
    [InlineData("ca 7f c0 00 00")]
    [InlineData("ca 7f 80 00 00")]
    [InlineData("cb 7f f8 00 00 00 00 00 00")]
    [InlineData("cb ff f0 00 00 00 00 00 00")]
    public void What_is_not_finite_is_no_number_of_json(string value) =>
        Told($"96 01 80 {Xyz} {Json} 91 {value} 90").InnerException.Should().BeOfType<InvalidDataException>();

    [Fact]
    public void A_key_is_a_text() => Told($"96 01 80 {Xyz} {Json} 91 81 01 01 90").InnerException.Should().BeOfType<InvalidDataException>();

    [Fact]
    public void A_text_is_utf8() => Told($"96 01 80 {Xyz} {Json} 91 a2 c3 28 90").InnerException.Should().BeOfType<InvalidDataException>();

    [Fact]
    public void A_stream_item_that_does_not_fit_is_told_as_json_tells_it()
    {
        var item = new StreamItemMessage("long", "x");

        var told = Wire.Read(Wire.BodyOf(item)).Should().BeOfType<StreamBindingFailureMessage>().Which;

        var json = Wire.ThroughJson(item).Should().BeOfType<StreamBindingFailureMessage>().Which;
        told.Id.Should().Be(json.Id);
        Kinds(told.BindingFailure.SourceException).Should().Equal(Kinds(json.BindingFailure.SourceException));
    }

    [Fact]
    public void An_item_of_an_unknown_stream_is_told_as_json_tells_it() =>
        Wire.Read("94 02 80 a1 3f 2a").Should().BeOfType<StreamBindingFailureMessage>()
            .Which.BindingFailure.SourceException.Should().BeOfType<KeyNotFoundException>();

    [Fact]
    public void A_result_that_does_not_fit_is_an_error()
    {
        var completion = CompletionMessage.WithResult("long", "x");

        var told = Wire.Read(Wire.BodyOf(completion)).Should().BeOfType<CompletionMessage>().Which;

        told.Error.Should().StartWith("Error trying to deserialize result to Int64. The JSON value could not be converted");
        told.HasResult.Should().BeFalse();
    }

    private static void ToldAsJsonTells(HubMessage message)
    {
        var told = Wire.Read(Wire.BodyOf(message)).Should().BeOfType<InvocationBindingFailureMessage>().Which;
        var json = Wire.ThroughJson(message).Should().BeOfType<InvocationBindingFailureMessage>().Which;

        (told.InvocationId, told.Target).Should().Be((json.InvocationId, json.Target));
        Kinds(told.BindingFailure.SourceException).Should().Equal(Kinds(json.BindingFailure.SourceException));
        PathOf(told.BindingFailure.SourceException).Should().Be(PathOf(json.BindingFailure.SourceException));
    }

    private static Exception Told(string body) => Told(Wire.Bytes(body));

    private static Exception Told(byte[] body) =>
        Wire.Read(body).Should().BeOfType<InvocationBindingFailureMessage>().Which.BindingFailure.SourceException;

    private static List<Type> Kinds(Exception? told)
    {
        List<Type> kinds = [];
        for (; told is not null; told = told.InnerException) kinds.Add(told.GetType());
        return kinds;
    }

    private static string? PathOf(Exception told) => (told.InnerException as JsonException)?.Path;
}

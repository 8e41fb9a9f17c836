using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Chat.Contracts;
using Chat.Contracts.Json;
using Chat.MessagePack;
using Chat.Tests.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.MessagePack;

/// <summary>Whatever is sent, both protocols show the same object at the other end.</summary>
public sealed class SameAsJson
{
    public static TheoryData<string> OptionNames => [.. Changes.Keys];

    private static readonly Dictionary<string, Action<JsonSerializerOptions>> Changes = new()
    {
        ["as the service has them"] = _ => { },
        ["nulls left out"] = options => options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        ["defaults left out"] = options => options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        ["annotations respected"] = options => options.RespectNullableAnnotations = true,
        ["read-only left out"] = options => options.IgnoreReadOnlyProperties = true,
        ["fields too"] = options => options.IncludeFields = true,
        ["numbers as text"] = options => options.NumberHandling = JsonNumberHandling.WriteAsString,
        ["cycles ignored"] = options => options.ReferenceHandler = ReferenceHandler.IgnoreCycles,
        ["references kept"] = options => options.ReferenceHandler = ReferenceHandler.Preserve,
        ["snake case"] = options => (options.PropertyNamingPolicy, options.DictionaryKeyPolicy) = (JsonNamingPolicy.SnakeCaseLower, JsonNamingPolicy.CamelCase),
        ["a text converter"] = options => options.Converters.Add(new Reversing()),
    };

    [Theory]
    [MemberData(nameof(OptionNames))]
    public void Every_value_is_written_as_its_json_says(string name)
    {
        var options = With(Changes[name]);
        foreach (var value in Awkward.Values)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(value, options);

            Direct(value, options).SequenceEqual(Transcoded(json)).Should().BeTrue($"{value.GetType()} is {Encoding.UTF8.GetString(json)}");
        }
    }

    [Fact]
    public void Every_record_of_the_contract_is_written_as_its_json_says()
    {
        object[] values =
        [
            .. Contract.Methods.Select(method => Specimen.Of(method.Request)),
            .. Contract.Methods.Select(method => Activator.CreateInstance(typeof(Answer<>).MakeGenericType(method.Value), Specimen.Of(method.Value), null)!),
            .. Contract.Events.Select(one => Specimen.Of(one.Argument)),
            new Answer<Receipt>(null, Refusal.Invalid),
        ];
        foreach (var value in values)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(value, ChatJson.Default.Options);

            Direct(value, ChatJson.Default.Options).SequenceEqual(Transcoded(json)).Should().BeTrue($"{value.GetType()} is {Encoding.UTF8.GetString(json)}");
        }
    }

    [Fact]
    public void Contracts_made_by_the_compiler_mean_the_same()
    {
        object[] values =
        [
            new Awkward.Ignoring(null, null, 0, null, "set", null), new Awkward.Ignoring("a", "b", 1, "c", "d", "e"),
            new Awkward.HoldsAnimal(new Awkward.Dog("Rex", 3)), new Awkward.Dog("Rex", 3), new List<Awkward.Dog> { new("Rex", 3) }, Note.Some(),
        ];
        foreach (var value in values)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(value, CompiledJson.Default.Options);

            Direct(value, CompiledJson.Default.Options).SequenceEqual(Transcoded(json))
                .Should().BeTrue($"{value.GetType()} is {Encoding.UTF8.GetString(json)}");
        }
    }

    [Fact]
    public void Every_value_is_read_as_it_was_written()
    {
        foreach (var value in Awkward.Values)
        {
            var message = new StreamItemMessage("json", value);

            var read = Wire.Read(Wire.BodyOf(message)).Should().BeOfType<StreamItemMessage>().Which.Item.Should().BeOfType<JsonElement>().Which;

            var throughJson = Wire.ThroughJson(message).Should().BeOfType<StreamItemMessage>().Which.Item.Should().BeOfType<JsonElement>().Which;
            JsonElement.DeepEquals(read, Plain(throughJson)).Should().BeTrue($"{value.GetType()} is {read} and {throughJson}");
        }
    }

    [Fact]
    public void Any_json_comes_out_as_it_went_in()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++)
        {
            var json = JsonSerializer.SerializeToElement(AnyNode(random, depth: 4));

            var read = Wire.Read(Wire.BodyOf(new StreamItemMessage("json", json))).Should().BeOfType<StreamItemMessage>($"seed {seed}").Which;

            JsonElement.DeepEquals((JsonElement)read.Item!, json).Should().BeTrue($"seed {seed}: {read.Item} was {json}");
        }
    }

    [Fact]
    public void A_record_survives_with_its_ids_and_times() =>
        Wire.Read(Wire.BodyOf(new InvocationMessage("note", [Note.Some()]))).Should().BeOfType<InvocationMessage>()
            .Which.Arguments.Single().Should().BeEquivalentTo(Note.Some());

    [Fact]
    public void An_object_that_contains_itself_is_refused_at_the_sender()
    {
        List<Awkward.Node> children = [];
        var node = new Awkward.Node(1, children);
        children.Add(node);

        Action writing = () => Wire.BodyOf(new StreamItemMessage("json", node));
        writing.Should().Throw<JsonException>();
        Wire.Hex(Wire.BodyOf(PingMessage.Instance)).Should().Be("91 06", "nothing is left over");
    }

    [Fact]
    public void A_null_against_its_annotation_is_refused_where_the_options_say_so()
    {
        var options = With(options => options.RespectNullableAnnotations = true);

        Action asJson = () => JsonSerializer.Serialize(Awkward.NeverNull.Broken(), options);
        Action asMessagePack = () => Direct(Awkward.NeverNull.Broken(), options);
        asJson.Should().Throw<JsonException>();
        asMessagePack.Should().Throw<JsonException>();
    }

    [Fact]
    public void A_converter_that_throws_leaves_nothing_behind()
    {
        var protocol = new MessagePackHubProtocol(With(options => options.Converters.Add(new Throwing())));

        Action writing = () => protocol.GetMessageBytes(new StreamItemMessage("json", new { a = 1, b = Guid.Empty }));

        writing.Should().Throw<NotImplementedException>();
        Wire.Hex(protocol.GetMessageBytes(new StreamItemMessage("x", Note.Some().Seq)).Span).Should().Be("06 94 02 80 a1 78 11");
    }

    private static JsonSerializerOptions With(Action<JsonSerializerOptions> change)
    {
        JsonSerializerOptions options = new(Wire.JsonOptions.PayloadSerializerOptions);
        change(options);
        return options;
    }

    private static byte[] Direct(object value, JsonSerializerOptions options)
    {
        using var desk = Desk.Take();
        options.MakeReadOnly(populateMissingResolver: true);
        new PayloadWriter(options).Write(value, desk);
        return desk.Frame.Written.ToArray();
    }

    private static byte[] Transcoded(byte[] json)
    {
        PooledBuffer output = new();
        JsonToMessagePack.Transcode(json, new(output));
        return output.Written.ToArray();
    }

    // As far as a double goes: 1.10 and 1.1 are one number, and what no integer of 64 bits holds is a double.
    private static JsonElement Plain(JsonElement json)
    {
        PooledBuffer text = new();
        var reader = new MessagePackReader(Transcoded(Encoding.UTF8.GetBytes(json.GetRawText())));
        MessagePackToJson.Transcode(ref reader, text);
        return JsonSerializer.Deserialize<JsonElement>(text.Written);
    }

    private static JsonNode? AnyNode(Random random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
        3 => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)),
        4 => (ulong)random.NextInt64() * 2,
        5 => AnyText(random),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(8)).Select(_ => AnyNode(random, depth - 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(20)).Select(i => KeyValuePair.Create($"{i} {AnyText(random)}", AnyNode(random, depth - 1)))),
    };

    private static string AnyText(Random random)
    {
        StringBuilder text = new();
        for (var length = random.Next(random.Next(4) == 0 ? 300 : 20); length > 0; length--)
        {
            var rune = random.Next(4) switch
            {
                0 => random.Next(0x80),
                1 => random.Next(0x20, 0x3000),
                2 => random.Next(0xe000, 0x10000),
                _ => random.Next(0x10000, 0x110000),
            };
            text.Append(new Rune(rune));
        }

        return text.ToString();
    }

    private sealed class Reversing : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Concat(value.Reverse()));

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value);
    }

    private sealed class Throwing : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            throw new NotImplementedException();
        }
    }
}

using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.MessagePack;

/// <summary>
/// Reads the body of a frame as a message. The whole body is walked first, so what is read afterwards is known to be there; what remains to be
/// found out is whether each element is of the kind that its place asks for. Elements beyond the last one known are left alone.
/// </summary>
internal ref struct MessageDecoder
{
    private readonly IInvocationBinder _binder;
    private readonly JsonSerializerOptions _payload;
    private readonly int _elements;
    private MessagePackReader _reader;

    private MessageDecoder(ReadOnlySpan<byte> body, IInvocationBinder binder, JsonSerializerOptions payload)
    {
        _reader = new(body);
        _reader.Skip();
        if (!_reader.AtEnd) throw new InvalidDataException("A frame holds more than its message.");

        _reader = new(body);
        _elements = _reader.ArrayLength();
        _binder = binder;
        _payload = payload;
    }

    /// <returns>Null for a type of message that is not known (yet): to be ignored.</returns>
    public static HubMessage? Decode(ReadOnlySpan<byte> body, IInvocationBinder binder, JsonSerializerOptions payload) =>
        new MessageDecoder(body, binder, payload).Message();

    private HubMessage? Message()
    {
        Expect(1);
        return (MessageType)_reader.Integer() switch
        {
            MessageType.Invocation => Invocation(),
            MessageType.StreamItem => StreamItem(),
            MessageType.Completion => Completion(),
            MessageType.StreamInvocation => StreamInvocation(),
            MessageType.CancelInvocation => CancelInvocation(),
            MessageType.Ping => PingMessage.Instance,
            MessageType.Close => Close(),
            MessageType.Ack => new AckMessage(SequenceId()),
            MessageType.Sequence => new SequenceMessage(SequenceId()),
            _ => null,
        };
    }

    // [1, Headers, InvocationId or nil, Target, [Arguments], [StreamIds]]: old clients leave the last one out
    private HubMessage Invocation()
    {
        Expect(5);
        var headers = Headers();
        var id = InvocationId();
        var target = Target();
        if (Arguments(target, out var arguments) is { } failure) return new InvocationBindingFailureMessage(id, target, failure);

        return new InvocationMessage(id, target, arguments, StreamIds()) { Headers = headers };
    }

    // [4, Headers, InvocationId, Target, [Arguments], [StreamIds]]: old clients leave the last one out
    private HubMessage StreamInvocation()
    {
        Expect(5);
        var headers = Headers();
        var id = RequiredInvocationId();
        var target = Target();
        if (Arguments(target, out var arguments) is { } failure) return new InvocationBindingFailureMessage(id, target, failure);

        return new StreamInvocationMessage(id, target, arguments, StreamIds()) { Headers = headers };
    }

    // [2, Headers, InvocationId, Item]
    private HubMessage StreamItem()
    {
        Expect(4);
        var headers = Headers();
        var id = RequiredInvocationId();
        try
        {
            return new StreamItemMessage(id, Value(_binder.GetStreamItemType(id))) { Headers = headers };
        }
        catch (Exception unfit)
        {
            return new StreamBindingFailureMessage(id, ExceptionDispatchInfo.Capture(unfit));
        }
    }

    // [3, Headers, InvocationId, 1, Error] | [3, Headers, InvocationId, 2] | [3, Headers, InvocationId, 3, Result]
    private CompletionMessage Completion()
    {
        Expect(4);
        var headers = Headers();
        var id = RequiredInvocationId();
        var kind = (ResultKind)_reader.Integer();
        if (kind != ResultKind.Void) Expect(5);

        var message = kind switch
        {
            ResultKind.Error => CompletionMessage.WithError(id, _reader.Text()),
            ResultKind.Void => CompletionMessage.Empty(id),
            ResultKind.Value => Result(id),
            _ => throw new InvalidDataException($"There is no result of kind {kind:d}."),
        };
        message.Headers = headers;
        return message;
    }

    // [5, Headers, InvocationId]
    private CancelInvocationMessage CancelInvocation()
    {
        Expect(3);
        var headers = Headers();
        return new(RequiredInvocationId()) { Headers = headers };
    }

    // [7, Error or nil, AllowReconnect]: old servers leave the last one out
    private CloseMessage Close()
    {
        Expect(2);
        var error = _reader.TryNil() ? null : _reader.Text();
        return new(error, allowReconnect: _elements > 2 && _reader.Boolean());
    }

    // [8 or 9, SequenceId]
    private long SequenceId()
    {
        Expect(2);
        return _reader.Integer();
    }

    private Dictionary<string, string>? Headers()
    {
        var count = _reader.MapLength();
        if (count == 0) return null;

        Dictionary<string, string> headers = [];
        for (var i = 0; i < count; i++)
        {
            var name = _reader.Text();
            headers[name] = _reader.Text();
        }

        return headers;
    }

    // Some clients write an id that is absent as an empty text.
    private string? InvocationId() => !_reader.TryNil() && _reader.Text() is { Length: > 0 } id ? id : null;

    private string RequiredInvocationId() => InvocationId() ?? throw new InvalidDataException("The message has no invocation id.");

    private string Target()
    {
        var start = _reader;
        return _binder.GetTarget(_reader.Utf8Text()) ?? start.Text(); // the binder has the names it knows ready as strings
    }

    // Null when the arguments fit the target; else why not, as JsonHubProtocol tells it.
    private ExceptionDispatchInfo? Arguments(string target, out object?[] arguments)
    {
        var count = _reader.ArrayLength();
        arguments = [];
        try
        {
            var types = _binder.GetParameterTypes(target);
            if (types.Count != count) throw new InvalidDataException($"Invocation provides {count} argument(s) but target expects {types.Count}.");

            arguments = count == 0 ? [] : new object?[count];
            Bind(arguments, types);
            return null;
        }
        catch (Exception unfit)
        {
            return ExceptionDispatchInfo.Capture(unfit);
        }
    }

    private void Bind(object?[] arguments, IReadOnlyList<Type> types)
    {
        try
        {
            for (var i = 0; i < arguments.Length; i++) arguments[i] = Value(types[i]);
        }
        catch (Exception unfit)
        {
            throw new InvalidDataException("Error binding arguments: their types are not those of the method's parameters.", unfit);
        }
    }

    // [StreamIds]: absent and empty mean the same
    private string[]? StreamIds()
    {
        var count = _elements > 5 ? _reader.ArrayLength() : 0;
        if (count == 0) return null;

        var ids = new string[count];
        for (var i = 0; i < count; i++) ids[i] = _reader.Text();

        return ids;
    }

    private CompletionMessage Result(string id)
    {
        if (ReturnType(id) is not { } type) return CompletionMessage.WithResult(id, null);

        try
        {
            return CompletionMessage.WithResult(id, Value(type));
        }
        catch (Exception unfit)
        {
            return CompletionMessage.WithError(id, $"Error trying to deserialize result to {type.Name}. {unfit.Message}");
        }
    }

    // A binder throws for an invocation that it does not, or no longer, wait for. The message is still told, so that this can be logged.
    private Type? ReturnType(string id)
    {
        try
        {
            return _binder.GetReturnType(id);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private object? Value(Type type)
    {
        if (type == typeof(RawResult)) return new RawResult(new(_reader.Raw().ToArray()));

        using var desk = Desk.Take();
        MessagePackToJson.Transcode(ref _reader, desk.Json);
        return JsonSerializer.Deserialize(desk.Json.Written, type, _payload);
    }

    private readonly void Expect(int elements)
    {
        if (_elements < elements) throw new InvalidDataException($"The message has {_elements} element(s), expected at least {elements}.");
    }
}

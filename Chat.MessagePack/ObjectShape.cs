using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Chat.MessagePack;

/// <summary>An object as a map: only the properties that its JSON would have, in the order of its JSON.</summary>
/// <param name="properties">In that order.</param>
/// <param name="kindName">As one of several types: the name of the first property, which says which.</param>
/// <param name="kind">A text or an int. Null where nothing says which.</param>
internal sealed class ObjectShape(ShapeProperty[] properties, string? kindName = null, object? kind = null) : Shape
{
    public override void Write(object value, Desk desk, int depth)
    {
        var inside = Deeper(depth);
        var output = new MessagePackWriter(desk.Frame);
        var opened = output.Open();
        var count = WriteKind(output);
        foreach (var property in properties)
        {
            if (property.Write(value, desk, inside)) count++;
        }

        output.CloseMap(opened, count);
    }

    private int WriteKind(MessagePackWriter output)
    {
        if (kind is null) return 0;

        output.Text(kindName!);
        if (kind is string text) output.Text(text);
        else output.Integer((int)kind);
        return 1;
    }
}

/// <summary>One property of an <see cref="ObjectShape"/>: when it is written, and how.</summary>
internal sealed class ShapeProperty
{
    private readonly PayloadWriter _shapes;
    private readonly JsonPropertyInfo _contract;
    private readonly Func<object, object?> _get;
    private readonly Func<object, object?, bool>? _shouldWrite;
    private readonly bool _omitsNull;
    private readonly bool _refusesNull;
    private readonly byte[] _name;

    // Asked for at the first use: a type may contain itself.
    private Shape? _shape;

    public ShapeProperty(JsonPropertyInfo contract, PayloadWriter shapes)
    {
        _shapes = shapes;
        _contract = contract;
        _get = contract.Get!;
        _shouldWrite = contract.ShouldSerialize;
        _omitsNull = contract.Options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull && !HasItsOwnCondition(contract);
        _refusesNull = contract.Options.RespectNullableAnnotations && !contract.IsGetNullable;
        _name = Encoding.UTF8.GetBytes(contract.Name);
    }

    /// <returns>False when this object's JSON would not have the property.</returns>
    public bool Write(object owner, Desk desk, int depth)
    {
        var value = _get(owner);
        if (value is null && _omitsNull) return false;
        if (_shouldWrite?.Invoke(owner, value) == false) return false;
        if (value is null && _refusesNull) throw new JsonException($"{_contract.DeclaringType}.{_contract.Name} is null, and says it never is.");

        new MessagePackWriter(desk.Frame).Text(_name);
        _shape ??= _shapes.ShapeOf(_contract.PropertyType);
        if (value is null) _shape.WriteNull(desk);
        else _shape.Write(value, desk, depth);
        return true;
    }

    private static bool HasItsOwnCondition(JsonPropertyInfo contract) =>
        contract.AttributeProvider?.IsDefined(typeof(JsonIgnoreAttribute), inherit: true) == true;
}

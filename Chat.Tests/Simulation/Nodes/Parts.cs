using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>The parts of one node, each made once and out of the others, as the server's container makes them; made in no time, for thousands of nodes.</summary>
internal sealed class Parts : IServiceProvider
{
    private readonly Dictionary<Type, object> _made = [];
    private readonly Dictionary<Type, Func<Type, object>> _families = [];

    public void Add<T>(T part) where T : notnull => _made[typeof(T)] = part;

    /// <summary>How all closed types of an open generic one are made.</summary>
    public void AddFamily(Type open, Func<Type, object> make) => _families.Add(open, make);

    /// <summary>Loggers that keep nothing, and options as they are where nobody sets them.</summary>
    public void AddDefaults()
    {
        AddFamily(typeof(ILogger<>), type => Activator.CreateInstance(typeof(NullLogger<>).MakeGenericType(type))!);
        AddFamily(typeof(IOptions<>), type => Activator.CreateInstance(typeof(OptionsWrapper<>).MakeGenericType(type), Activator.CreateInstance(type))!);
    }

    public T Get<T>() => (T)Get(typeof(T));

    public object GetService(Type serviceType) => Get(serviceType);

    /// <summary>A new one, each time.</summary>
    public T Make<T>() => (T)Make(typeof(T));

    private object Get(Type type)
    {
        if (!_made.TryGetValue(type, out var part)) _made.Add(type, part = Make(type));
        return part;
    }

    private object Make(Type type)
    {
        if (type.IsGenericType && _families.TryGetValue(type.GetGenericTypeDefinition(), out var make)) return make(type.GetGenericArguments()[0]);
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Get(parameter.ParameterType))]);
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using Chat.Client;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Sdk;

/// <summary>What programs of others compile against.</summary>
public sealed class ApprovedApi
{
    [Fact]
    public void The_public_api_is_the_approved_one() => Approval.Holds("client-api.txt", Write());

    [Fact]
    public void Everything_that_waits_is_named_Async_and_can_be_cancelled()
    {
        var waiting = typeof(ChatClient).Assembly.GetExportedTypes().SelectMany(Methods)
            .Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync) && IsAwaited(method.ReturnType));

        waiting.Should().AllSatisfy(method =>
        {
            method.Name.Should().EndWith("Async");
            method.GetParameters()[^1].ParameterType.Should().Be<CancellationToken>($"{method.Name} may wait for ever");
        });
    }

    private static string Write() => string.Join('\n', typeof(ChatClient).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines)) + "\n";

    private static IEnumerable<string> Lines(Type type) => type.IsEnum
        ? [$"enum {type.FullName}: {string.Join(", ", Enum.GetNames(type))}"]
        : [$"{type.FullName}", .. Constructors(type).Concat(Properties(type)).Concat(Methods(type).Select(Line)).Order(StringComparer.Ordinal).Select(line => $"  {line}")];

    private static IEnumerable<string> Constructors(Type type) => type.GetConstructors().Select(constructor => $"new({Parameters(constructor)})");

    private static IEnumerable<string> Properties(Type type) => type.GetProperties(Own).Select(property =>
        $"{property.Name} {{ get;{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}: {Name(property.PropertyType)}");

    private static IEnumerable<MethodInfo> Methods(Type type) => type.GetMethods(Own)
        .Where(method => !method.IsSpecialName && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null && method.GetBaseDefinition().DeclaringType == type);

    private static string Line(MethodInfo method) => $"{method.Name}({Parameters(method)}): {Name(method.ReturnType)}";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{Name(inner)}?";
        return type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
    }

    private static bool IsAwaited(Type type) => type.IsAssignableTo(typeof(Task)) || type.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal);

    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
}

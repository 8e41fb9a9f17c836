using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Chat.Contracts;

namespace Chat.Tests.Contracts;

/// <summary>What the documentation of Chat.Contracts says, as comments of TypeScript; empty where it says nothing.</summary>
internal static partial class Comments
{
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, $"{typeof(IChatHub).Assembly.GetName().Name}.xml"))
        .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!);

    public static string Of(Type type) => "\n" + Written(Summary($"T:{type.FullName}"), "");

    public static string Of(MethodInfo method) =>
        Written(Summary($"M:{method.DeclaringType!.FullName}.{method.Name}({method.GetParameters().Single().ParameterType.FullName})"), "  ");

    public static string Of(FieldInfo field) => Written(Summary($"F:{field.DeclaringType!.FullName}.{field.Name}"), "  ");

    /// <summary>Of a record's field: what is said of the property, or of the parameter it comes from.</summary>
    public static string Of(Type record, string field)
    {
        for (var type = record; type is not null; type = type.BaseType)
        {
            var name = type.GetProperties().Select(property => property.Name).FirstOrDefault(name => ContractText.Camel(name) == field);
            if (name is null) continue;
            var parameter = Members.GetValueOrDefault($"T:{type.FullName}")?.Elements("param").FirstOrDefault(one => (string?)one.Attribute("name") == name);
            var text = parameter is null ? Summary($"P:{type.FullName}.{name}") : Plain(parameter);
            if (text.Length > 0) return Written(text, "  ");
        }
        return "";
    }

    private static string Summary(string member) => Members.GetValueOrDefault(member)?.Element("summary") is { } summary ? Plain(summary) : "";

    private static string Written(string text, string indent) => text.Length == 0 ? "" : $"{indent}/** {text} */\n";

    private static string Plain(XElement element) => WhiteSpace().Replace(string.Concat(element.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => $"`{Named((string)see.Attribute("cref")!)}`",
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement other => Plain(other),
        _ => "",
    };

    // A limit or a field is called as it is on the other side; a record keeps its name.
    private static string Named(string reference)
    {
        var name = reference[2..].Split('(')[0].Split('.');
        return reference[0] switch
        {
            'F' when name[^2] == nameof(Limits) => $"Limits.{ContractText.Camel(name[^1])}",
            'P' or 'F' => ContractText.Camel(name[^1]),
            _ => name[^1],
        };
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}

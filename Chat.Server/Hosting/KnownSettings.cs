using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Chat.Server.Hosting;

/// <summary>
/// Every setting there is: those of the process, and the properties of each options class, which is known by its constant <c>Section</c>.
/// A name that is not among them is refused, because a misspelled setting that is silently ignored is found too late.
/// </summary>
internal sealed class KnownSettings
{
    public const string Urls = "Urls";
    public const string Data = "Data";

    /// <summary>The web server's own section (certificates, endpoints), checked by the web server.</summary>
    public const string Kestrel = "Kestrel";

    /// <summary>A list of user names, one a number: <c>Administrators:0</c>, <c>Administrators:1</c> …</summary>
    public const string Administrators = "Administrators";

    private readonly List<(string Section, Type Options)> _sections =
    [
        .. typeof(KnownSettings).Assembly.GetTypes()
            .Select(type => (Section: SectionOf(type)!, Options: type))
            .Where(found => found.Section is not null),
    ];

    public IEnumerable<string> Names => [Urls, Data, $"{Administrators}:0", .. _sections.SelectMany(section => section.Options.GetProperties().Select(property => NameOf(section.Section, property)))];

    public bool Has(string name) => Is(name, Urls) || Is(name, Data) || IsUnder(name, Kestrel) || IsAdministrator(name) || PropertyOf(name) is not null;

    /// <summary>Whether the setting is a switch, which on the command line needs no value.</summary>
    public bool IsSwitch(string name) => PropertyOf(name)?.PropertyType == typeof(bool);

    /// <summary>Refuses values of a wrong type; ranges are checked by each options class, at start.</summary>
    public void CheckTypes(IConfiguration configuration)
    {
        foreach (var (section, options) in _sections)
        {
            try
            {
                configuration.GetSection(section).Get(options, binder => binder.ErrorOnUnknownConfiguration = true);
            }
            catch (InvalidOperationException exception)
            {
                // The framework says it of the whole dictionary first; which value it is about stands further in.
                Exception said = exception;
                while (said.InnerException is InvalidOperationException inner) said = inner;
                throw Mistake.InSettings($"A setting of {section} has a wrong value: {said.Message}", exception);
            }
        }
    }

    /// <summary>The section that an options class is about; null for other classes.</summary>
    public static string? SectionOf(Type options) => options.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string;

    private static bool IsAdministrator(string name) => IsUnder(name, Administrators) && int.TryParse(name.AsSpan(Administrators.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private PropertyInfo? PropertyOf(string name) =>
        _sections.SelectMany(section => section.Options.GetProperties().Where(property => Fits(name, NameOf(section.Section, property), property.PropertyType))).FirstOrDefault();

    private static bool Fits(string name, string known, Type type) =>
        Is(name, known) || (!TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)) && IsUnder(name, known));

    private static string NameOf(string section, PropertyInfo property) => $"{section}:{property.Name}";

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static bool IsUnder(string name, string known) => name.StartsWith(known + ":", StringComparison.OrdinalIgnoreCase);
}

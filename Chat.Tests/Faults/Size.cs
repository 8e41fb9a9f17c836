using System.Globalization;

namespace Chat.Tests.Faults;

/// <summary>How large a scenario runs: small in every run of the tests, as large as one variable of the environment says otherwise.</summary>
internal static class Size
{
    public static int Of(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var size) && size > 0 ? size : usual;
}

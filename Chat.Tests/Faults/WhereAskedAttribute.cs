namespace Chat.Tests.Faults;

/// <summary>A test that takes too long to run by itself: it runs where a variable of the environment is set, and is left out elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WhereAskedAttribute : FactAttribute
{
    public WhereAskedAttribute(string variable)
    {
        Variable = variable;
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))) Skip = $"Runs where {variable} is set.";
    }

    public string Variable { get; }
}

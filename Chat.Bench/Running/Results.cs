using System.Text.Json;
using System.Text.Json.Nodes;
using Chat.Bench.Measuring;

namespace Chat.Bench.Running;

/// <summary>What is kept of a run.</summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Json(IEnumerable<Report> reports) => new JsonObject
    {
        ["machine"] = Machine.Description,
        ["reports"] = new JsonArray([.. reports.Select(report => report.ToJson())]),
    }.ToJsonString(Indented);
}

using System.Reflection;
using System.Runtime.Loader;
using Chat.Tests.Support;

namespace Chat.Tests.Simulation.Mutants;

/// <summary>
/// The server and the client's rules once more, compiled from a copy of their sources into which every bug was put, each behind a switch. The tests are
/// loaded a second time on top of them; the code that is shipped has neither bug nor switch.
/// </summary>
internal sealed class MutatedCode : AssemblyLoadContext
{
    private static readonly string[] Projects = ["Chat.Client", "Chat.Server"];

    private const string Switch = """
        namespace Chat.Mutants;

        internal static class Mutant
        {
            [System.ThreadStatic]
            public static string? Present;

            public static bool Is(string name) => Present == name;
        }
        """;

    private readonly string _folder;
    private readonly MethodInfo _hunt;
    private readonly List<FieldInfo> _switches;

    private MutatedCode(string folder) : base("mutants")
    {
        _folder = folder;
        _switches = [.. Projects.Select(project => LoadFromAssemblyName(new(project)).GetType("Chat.Mutants.Mutant", throwOnError: true)!.GetField("Present")!)];
        _hunt = LoadFromAssemblyName(typeof(Runs).Assembly.GetName()).GetType(typeof(Runs).FullName!, throwOnError: true)!.GetMethod(nameof(Runs.FirstBroken))!;
    }

    public static async Task<MutatedCode> Compile(string folder)
    {
        foreach (var project in Projects) await Compile(project, folder);
        return new(folder);
    }

    /// <summary>Plays runs with a bug on, or with none, until one breaks a promise: which, and what. Null where none does.</summary>
    public string? Hunt(string? mutant, int mostSeeds)
    {
        Action begin = () => _switches.ForEach(field => field.SetValue(null, mutant));
        return (string?)_hunt.Invoke(null, [mostSeeds, begin]);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Projects.Contains(assemblyName.Name)) return LoadFromAssemblyPath(Path.Combine(_folder, $"{assemblyName.Name}.dll"));
        return assemblyName.Name == typeof(Runs).Assembly.GetName().Name ? LoadFromAssemblyPath(typeof(Runs).Assembly.Location) : null;
    }

    private static async Task Compile(string project, string folder)
    {
        var sources = Path.Combine(folder, project);
        Directory.CreateDirectory(sources);
        await File.WriteAllTextAsync(Path.Combine(sources, "Mutant.cs"), Switch);
        List<string> changed = [];
        foreach (var file in Bugs.All.SelectMany(bug => bug.Pieces).Select(piece => piece.File).Distinct().Where(file => file.StartsWith(project, StringComparison.Ordinal)))
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, file));
            await File.WriteAllTextAsync(Path.Combine(sources, Path.GetFileName(file)), Bugs.All.Aggregate(text, (before, bug) => bug.PutInto(file, before)));
            changed.Add(Path.GetRelativePath(project, file));
        }
        var targets = Path.Combine(folder, $"{project}.targets");
        await File.WriteAllTextAsync(targets, $"""
            <Project>
              <Target Name="PutBugsIn" BeforeTargets="CoreCompile">
                <ItemGroup>
                  <Compile Remove="{string.Join(';', changed)}" />
                  <Compile Include="{sources}/*.cs" />
                </ItemGroup>
              </Target>
            </Project>
            """);
        var objects = Path.Combine(folder, "obj", project) + Path.DirectorySeparatorChar;
        await Command.Run(Repository.Root, "dotnet", "build", Path.Combine(project, $"{project}.csproj"), "-t:ResolveReferences;PrepareResources;Compile", "--no-restore", "-c", Command.Configuration,
            "-p:BuildProjectReferences=false", "-p:ProduceReferenceAssembly=false", $"-p:IntermediateOutputPath={objects}", $"-p:CustomAfterMicrosoftCommonTargets={targets}",
            "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false", "-v", "quiet");
        File.Copy(Path.Combine(objects, $"{project}.dll"), Path.Combine(folder, $"{project}.dll"));
    }
}

using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Packages;

/// <summary>The packages, made once of what was built for the tests, in a folder that serves as their source.</summary>
public sealed class Packed : IAsyncLifetime
{
    public static readonly string[] Names = ["Chat.Contracts", "Chat.MessagePack", "Chat.Client", "Chat.Server", "Chat.Testing"];

    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    public string Folder { get; } = Directory.CreateTempSubdirectory("chat-packages-").FullName;

    public async Task InitializeAsync()
    {
        var projects = string.Join(';', Names.Select(name => Path.Combine(Repository.Root, name, $"{name}.csproj")));
        var all = Path.Combine(Folder, "all.proj");
        await File.WriteAllTextAsync(all, $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack" Properties="NoBuild=true;Configuration={Command.Configuration};PackageOutputPath={Folder}" />
              </Target>
            </Project>
            """);
        await Command.Run(Folder, "dotnet", "msbuild", all, "-t:Pack", "-v:quiet", "-nologo", "-nodeReuse:false");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public IReadOnlyList<string> FilesOf(string name, string kind = "nupkg")
    {
        using var package = Open(name, kind);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    public XElement MetadataOf(string name)
    {
        using var package = Open(name, "nupkg");
        using var nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        var root = XDocument.Load(nuspec).Root!;
        foreach (var element in root.DescendantsAndSelf()) element.Name = element.Name.LocalName;
        return root.Element("metadata")!;
    }

    /// <summary>The names of the sources that the symbols hold, each with whether its text is in them.</summary>
    public IReadOnlyDictionary<string, bool> SourcesOf(string name)
    {
        using var package = Open(name, "snupkg");
        using MemoryStream symbols = new();
        using (var compressed = package.GetEntry($"lib/net10.0/{name}.pdb")!.Open()) compressed.CopyTo(symbols);
        symbols.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        var reader = provider.GetMetadataReader();
        return reader.Documents.ToDictionary(
            document => reader.GetString(reader.GetDocument(document).Name),
            document => reader.GetCustomDebugInformation(document).Any(found => reader.GetGuid(reader.GetCustomDebugInformation(found).Kind) == EmbeddedSource));
    }

    private ZipArchive Open(string name, string kind) => ZipFile.OpenRead(Directory.GetFiles(Folder, $"{name}.*.{kind}").Single());
}

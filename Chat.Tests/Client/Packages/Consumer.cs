using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Packages;

/// <summary>
/// A program of somebody else, with nothing but the packages: its methods are what the READMEs show, block by block, and its argument says which to
/// run. It has settings of its own, which are no business of a test server in it.
/// </summary>
internal sealed partial class Consumer(Packed packed)
{
    private const string Name = "Consumer";

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(packed.Folder, Name)).FullName;

    /// <param name="blocks">By the name of their method.</param>
    public async Task Build(IReadOnlyDictionary<string, string> blocks)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="packed" value="{packed.Folder}" /></packageSources></configuration>
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), """{ "Mine": { "Own": 1 } }""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "Program.cs"), ProgramOf(blocks));
        await File.WriteAllTextAsync(Path.Combine(_folder, $"{Name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <RestorePackagesPath>{Path.Combine(packed.Folder, "restored")}</RestorePackagesPath>
                <RestoreFallbackFolders>{PublicPackages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <PackageReference Include="Chat.Client" Version="*" />
                <PackageReference Include="Chat.Testing" Version="*" />
                <Content Include="appsettings.json" CopyToOutputDirectory="Always" />
              </ItemGroup>
            </Project>
            """);
        await Command.Run(_folder, "dotnet", "build", "-v:quiet", "-nologo", "-nodeReuse:false");
    }

    /// <summary>What a block prints, line by line; who has read enough stops it by not reading on.</summary>
    public async IAsyncEnumerable<string> Run(string block)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(_folder, "bin", "Debug", "net10.0", $"{Name}.dll"), block]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CHAT_Mine__Own"] = "1";
        using var program = Process.Start(start)!;
        try
        {
            var errors = program.StandardError.ReadToEndAsync();
            while (await program.StandardOutput.ReadLineAsync() is { } line) yield return line;
            await program.WaitForExitAsync();
            program.ExitCode.Should().Be(0, "{0} said: {1}", block, await errors);
        }
        finally
        {
            if (!program.HasExited) program.Kill();
        }
    }

    // Where the restore of the tests themselves has put the public packages: nothing is downloaded for a test.
    private static string PublicPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    // What a block takes for granted stands beside it as a field, which a block that declares the like hides.
    private static string ProgramOf(IReadOnlyDictionary<string, string> blocks)
    {
        StringBuilder program = new("using Microsoft.AspNetCore.Builder;\n");
        foreach (var line in blocks.Values.SelectMany(block => UsingLine().Matches(block)).Select(line => line.Value).Distinct()) program.Append(line);
        program.Append("await (Task)typeof(Blocks).GetMethod(args[0])!.Invoke(null, null)!;\n\npublic static class Blocks\n{\n")
            .Append("    static string password = \"correct horse battery\";\n    static CancellationToken cancel = default;\n")
            .Append("    static ChatClient chat = new(\"http://localhost:5080\");\n    static WebApplicationBuilder builder = WebApplication.CreateBuilder();\n");
        foreach (var (name, block) in blocks)
            program.Append(CultureInfo.InvariantCulture, $"    public static async Task {name}()\n    {{\n{UsingLine().Replace(block, "").Replace("…", "", StringComparison.Ordinal)}    await Task.CompletedTask;\n    }}\n");
        return program.Append("}\n").ToString();
    }

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}

using Chat.Tests.Client.Sdk;
using Chat.Tests.Support;

namespace Chat.Tests.Client.Packages;

/// <summary>What a developer gets who takes the packages instead of the sources.</summary>
public sealed class PackageTests(Packed packed) : IClassFixture<Packed>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Names => [.. Packed.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_has_a_readme_a_licence_and_its_reference_documentation(string name)
    {
        var metadata = packed.MetadataOf(name);

        metadata.Element("license")!.Should().HaveAttribute("type", "expression").And.HaveValue("MIT");
        metadata.Element("readme")!.Value.Should().Be("README.md");
        metadata.Element("description")!.Value.Should().NotBe("Package Description");
        packed.FilesOf(name).Should().Contain(["README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"]).And.NotContain(file => file.EndsWith("appsettings.json"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_debugger_finds_the_sources_wherever_the_repository_is(string name) =>
        packed.SourcesOf(name).Should().NotBeEmpty().And.AllSatisfy(source => source.Value.Should().BeTrue("{0} is to be in the symbols", source.Key));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_says_of_which_commit_it_is_and_invents_no_address(string name)
    {
        if (!Path.Exists(Path.Combine(Repository.Root, ".git"))) return; // sources without their history
        var repository = packed.MetadataOf(name).Element("repository");

        ((string?)repository?.Attribute("commit")).Should().MatchRegex("^[0-9a-f]{40}$");
        ((string?)repository?.Attribute("url")).Should().NotBe("");
    }

    [Fact]
    public void The_client_depends_on_the_public_packages_and_on_no_framework()
    {
        DependenciesOf("Chat.Client").Should().BeEquivalentTo("Chat.Contracts", "Chat.MessagePack", "Microsoft.AspNetCore.SignalR.Client.Core");
        DependenciesOf("Chat.Contracts").Should().BeEmpty();
        foreach (var name in new[] { "Chat.Client", "Chat.Contracts", "Chat.MessagePack" })
            packed.MetadataOf(name).Element("frameworkReferences").Should().BeNull("{0} is for programs of every kind", name);
    }

    [Fact]
    public void The_test_server_brings_the_server_and_the_framework_that_it_runs_on()
    {
        DependenciesOf("Chat.Testing").Should().Contain(["Chat.Client", "Chat.Server", "Microsoft.AspNetCore.TestHost"]);
        packed.MetadataOf("Chat.Testing").Descendants("frameworkReference").Should().ContainSingle();
    }

    [Fact]
    public async Task What_the_readmes_show_compiles_with_the_packages_and_runs()
    {
        await using var server = await TestServer.Start();
        Dictionary<string, string> blocks = [];
        foreach (var folder in new[] { "", "Chat.Client", "Chat.Testing", "Chat.MessagePack" })
        {
            foreach (var (number, block) in Readme.CSharp(folder, "README.md").Index())
                blocks.Add($"{folder.Replace(".", "", StringComparison.Ordinal)}Block{number}", block.Replace("http://localhost:5080", server.Url, StringComparison.Ordinal));
        }
        blocks.Keys.Should().Contain(["Block0", "ChatClientBlock2", "ChatTestingBlock0", "ChatMessagePackBlock0"]);
        Consumer consumer = new(packed);
        await consumer.Build(blocks);

        (await consumer.Run("Block0").First(1).WaitAsync(Patience)).Should().Equal("bob: hello");
        (await consumer.Run("ChatTestingBlock0").First(1).WaitAsync(Patience)).Should().BeEmpty("it ends by itself, and says nothing");
    }

    private IEnumerable<string> DependenciesOf(string name) => packed.MetadataOf(name).Descendants("dependency").Select(dependency => (string)dependency.Attribute("id")!);
}

using Chat.Server.Hosting;
using Chat.Tests.Support;

namespace Chat.Tests.Hosting;

public sealed class OperationsDocumentTests
{
    [Fact]
    public void Every_setting_is_explained()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

        new KnownSettings().Names.Where(name => !document.Contains($"`{name}`", StringComparison.Ordinal)).Should().BeEmpty();
    }
}

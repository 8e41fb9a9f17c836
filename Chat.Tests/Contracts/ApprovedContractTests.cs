using Chat.Tests.Support;

namespace Chat.Tests.Contracts;

/// <summary>What clients in the world rely on changes only where somebody meant it to, and then shows in the diff.</summary>
public sealed class ApprovedContractTests
{
    private const string Accept = "CHAT_APPROVE";

    private static readonly string Approved = Path.Combine(Repository.Root, "Chat.Tests", "Approved", "contract.txt");

    [Fact]
    public void The_contract_is_the_approved_one()
    {
        var contract = ContractText.Write();
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(Approved, contract);

        var approved = File.ReadAllText(Approved).ReplaceLineEndings("\n");

        Changes(approved, contract).Should().BeEmpty(
            $"the contract should stand as Chat.Tests/Approved/contract.txt says (- is approved, + is here). Is the change wanted? Then run this test once with {Accept}=1 in the environment, look at the diff, bring docs/protocol.md up to it, and commit all of it");
        contract.Should().Be(approved);
    }

    [Fact]
    public void Every_record_of_the_contract_can_travel()
    {
        var records = typeof(Chat.Contracts.IChatHub).Assembly.GetExportedTypes()
            .Where(type => Contract.IsRecord(type) && type is { IsAbstract: false, IsGenericType: false } && !type.IsSubclassOf(typeof(Attribute)));

        records.Should().BeSubsetOf(Contract.Records, "a record that no method and no event speaks of is not part of the language");
    }

    private static List<string> Changes(string approved, string contract)
    {
        var (before, after) = (Named(approved), Named(contract));
        return [.. before.Except(after).Select(line => $"- {line}"), .. after.Except(before).Select(line => $"+ {line}")];
    }

    // A field is told with its record, or two records that have it would hide a change.
    private static List<string> Named(string text)
    {
        var record = "";
        List<string> lines = [];
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(' ')) record = line;
            lines.Add(line.StartsWith(' ') ? $"{record}.{line.Trim()}" : line);
        }
        return lines;
    }
}

using Chat.Tests.Support;

namespace Chat.Tests.Contracts;

/// <summary>What clients in the world rely on changes only where somebody meant it to, and then shows in the diff.</summary>
public sealed class ApprovedContractTests
{
    [Fact]
    public void The_contract_is_the_approved_one() => Approval.Holds("contract.txt", ContractText.Write(), "bring docs/protocol.md up to it, ");

    [Fact]
    public void Every_record_of_the_contract_can_travel()
    {
        var records = typeof(Chat.Contracts.IChatHub).Assembly.GetExportedTypes()
            .Where(type => Contract.IsRecord(type) && type is { IsAbstract: false, IsGenericType: false } && !type.IsSubclassOf(typeof(Attribute)));

        records.Should().BeSubsetOf(Contract.Records, "a record that no method and no event speaks of is not part of the language");
    }
}

using Chat.Tests.Support;

namespace Chat.Tests.Contracts;

public sealed class TypeScriptTests
{
    [Fact]
    public void The_contract_in_typescript_is_the_contract() =>
        Approval.FileHolds("Chat.Client.Js/sdk/src/contract.ts", TypeScript.Write());
}

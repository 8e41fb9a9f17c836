namespace Chat.Tests.Safety;

/// <summary>A house whose limits hold, some of them smaller so that they are soon reached.</summary>
public sealed class Strict : House
{
    internal override string[] Settings => ["--Login:PasswordIterations=1000", "--Login:RegistrationsPerAddress=0", "--Delivery:ConnectionsPerUser=3"];
}

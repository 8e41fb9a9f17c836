using Chat.Bench.Load;
using Chat.Bench.Measuring;
using Chat.Bench.Servers;

namespace Chat.Bench.Scenarios;

internal sealed class Many : Scenario
{
    private const int Smallest = 2;
    private const int Largest = 10;
    private const int Seed = 815;

    public const double MeanMembers = (Smallest + Largest) / 2.0;

    public override string Name => "many";

    public override string Question => "What does a delivery cost in 1,000 conversations of 2 to 10 members among 2,000 users, who talk at random?";

    public override async Task<IReadOnlyList<Report>> Run(Setup setup)
    {
        var (users, conversations) = setup.IsQuick ? (100, 50) : (2_000, 1_000);
        var rate = setup.Rate ?? (setup.IsQuick ? 1_000 : 10_000);
        var pace = new Pace(rate / MeanMembers, IsRandom: true);
        Report report = new(Name, $"{Name}: {conversations:#,0} conversations of {Smallest} to {Largest} members, {users:#,0} users, {rate:#,0} deliveries/s at random, {setup.TextLength} bytes, {setup.Protocol}");
        return [await SideBySide.Run(setup, report, pace, side => Several(side, users, conversations))];
    }

    /// <summary>Conversations of people who are drawn by lot, the same for every server.</summary>
    public static async Task<IReadOnlyList<Talk>> Several(Side side, int users, int conversations)
    {
        Random random = new(Seed);
        var people = await side.Gather(users);
        List<Talk> talks = [];
        for (var i = 0; i < conversations; i++)
        {
            var members = random.GetItems([.. people], random.Next(Smallest, Largest + 1)).Distinct().ToList();
            // Lots may fall on the same person.
            while (members.Count < Smallest) members = [.. members.Append(people[random.Next(people.Count)]).Distinct()];
            talks.Add(new(await side.Meet(members), members, members.Count));
        }
        return talks;
    }
}

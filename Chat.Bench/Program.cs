using Chat.Bench.Running;
using Chat.Bench.Scenarios;

// What can be measured, in the order in which "all" measures it.
return await Launch.Run(args,
    new Room(),
    new Max(),
    new Many(),
    new Idle(),
    new Send(),
    new Join(),
    new Storm(),
    new Cold(),
    new LogInFlood(),
    new ConversationListing(),
    new Soak());

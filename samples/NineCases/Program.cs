using System.Globalization;
using NineCases;

// The nine cases, the broadcast chat and presence, done for real by three users, each with a stock HubConnection:
//   dotnet run --project samples/NineCases -- http://localhost:5080 [seconds of idling, 60]
if (args is not [var address, ..] || !Uri.TryCreate(address, UriKind.Absolute, out var server))
{
    Console.Error.WriteLine("Which server? dotnet run --project samples/NineCases -- http://localhost:5080 [seconds of idling]");
    return 2;
}

try
{
    await using var scene = new Scene(server);
    await scene.LogInAndOut();                  // 1
    await scene.FindUser();                     // 2
    await scene.Broadcast();
    await scene.ChatInPrivate();                // 3
    await scene.Confer();                       // 4
    await scene.InviteIntoThePrivateChat();     // 5
    await scene.List();                         // 6
    await scene.Leave();                        // 7
    await scene.InviteAgain();                  // 5
    await scene.EditTheOwnProfile();            // 8
    await scene.LookAtAnothersProfile();        // 9
    await scene.GoAndCome();
    await scene.Idle(TimeSpan.FromSeconds(args is [_, var seconds] ? int.Parse(seconds, CultureInfo.InvariantCulture) : 60));
    return 0;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"not ok - {failure.Message}");
    return 1;
}

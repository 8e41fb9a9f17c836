// A bot as a worker service: CHAT_USER=echo CHAT_PASSWORD=… dotnet run --project samples/Worker --CHAT_URL=http://localhost:5080
using Chat.Client;
using WorkerSample;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddChatClient(chat => chat.Url = new(builder.Configuration["CHAT_URL"] ?? "http://localhost:5080"));
builder.Services.AddHostedService<EchoBot>();
builder.Build().Run();

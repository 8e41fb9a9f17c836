using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chat.Server.Delivery;

internal static class DeliverySetup
{
    public static void AddDelivery(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>();
        services.AddSingleton<Connections>();
        services.TryAddSingleton<IBus, NoBus>();
        services.AddSingleton<Feeds>();
        services.AddSingleton<Listening>();
        services.AddSingleton<Drain>();
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(ChatLifetimeManager<>));
        services.AddHostedService<Sweep>();
        services.AddHostedService<Watchdog>();
    }
}

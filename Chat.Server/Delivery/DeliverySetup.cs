using Chat.Server.Storage;
using Microsoft.AspNetCore.SignalR;
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
        services.AddSingleton<Feeds>();
        services.AddSingleton<Listening>();
        services.AddSingleton<Drain>();
        services.AddSingleton(typeof(HubLifetimeManager<>), typeof(ChatLifetimeManager<>));
        services.AddHostedService<Sweep>();
        services.AddHostedService<Watchdog>();
        if (builder.Configuration.GetSection(StorageOptions.Section)[nameof(StorageOptions.Provider)] == StorageOptions.Postgres)
        {
            services.AddSingleton<PostgresBus>();
            services.AddSingleton<IBus>(all => all.GetRequiredService<PostgresBus>());
            services.AddHostedService(all => all.GetRequiredService<PostgresBus>());
        }
        else
        {
            services.AddSingleton<IBus, NoBus>();
        }
    }
}

using System.Security.Claims;
using Chat.Server.Delivery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Simulation.Nodes;

/// <summary>What the hub sees of one who calls: a connection, and a request without a cookie.</summary>
internal sealed class SimulatedCaller : HubCallerContext
{
    private readonly Connection _connection;

    public SimulatedCaller(Connection connection, IServiceProvider services)
    {
        _connection = connection;
        Features.Set(connection);
        Features.Set<IHttpContextFeature>(new Upgrade(new DefaultHttpContext { RequestServices = services }));
    }

    public override string ConnectionId => _connection.Id;
    public override string? UserIdentifier => null;
    public override ClaimsPrincipal? User => null;
    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override CancellationToken ConnectionAborted => CancellationToken.None;

    public override void Abort() => throw new NotSupportedException();

    private sealed record Upgrade(HttpContext? Context) : IHttpContextFeature
    {
        public HttpContext? HttpContext { get; set; } = Context;
    }
}

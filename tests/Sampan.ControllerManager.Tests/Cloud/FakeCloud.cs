using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

/// <summary>A provider in memory with machines and routes.</summary>
internal sealed class FakeCloud : ICloudProvider, IInstances, IRoutes
{
    public string Name => "fake";

    public IInstances Instances => this;

    public ILoadBalancers? LoadBalancers => null;

    public IRoutes Routes => this;

    /// <summary>Machines that are there, and whether they are shut down.</summary>
    public ConcurrentDictionary<string, bool> Machines { get; } = new();

    public ConcurrentDictionary<CloudRoute, bool> Known { get; } = new();

    public volatile bool RefusesRoutes;

    public Task<bool> ExistsAsync(Node node, CancellationToken cancellationToken) => Task.FromResult(Machines.ContainsKey(node.Metadata.Name));

    public Task<bool> IsShutDownAsync(Node node, CancellationToken cancellationToken) => Task.FromResult(Machines.GetValueOrDefault(node.Metadata.Name));

    public Task<InstanceMetadata> DescribeAsync(Node node, CancellationToken cancellationToken) => Task.FromResult(
        new InstanceMetadata($"fake://{node.Metadata.Name}", "large", "zone-a", "region-1", [new() { Type = "InternalIP", Address = "192.0.2.7" }]));

    public Task<IReadOnlyList<CloudRoute>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<CloudRoute>>([.. Known.Keys]);

    public Task CreateAsync(CloudRoute route, CancellationToken cancellationToken)
    {
        if (RefusesRoutes) throw new InvalidOperationException("too many routes");
        Known[route] = true;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(CloudRoute route, CancellationToken cancellationToken)
    {
        Known.TryRemove(route, out _);
        return Task.CompletedTask;
    }
}

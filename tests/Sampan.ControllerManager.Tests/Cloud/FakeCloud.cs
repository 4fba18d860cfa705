using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

/// <summary>A provider in memory with machines, routes and load balancers.</summary>
internal sealed class FakeCloud : ICloudProvider, IInstances, IRoutes, ILoadBalancers
{
    public string Name => "fake";

    public IInstances Instances => this;

    public ILoadBalancers LoadBalancers => this;

    public IRoutes Routes => this;

    /// <summary>Machines that are there, and whether they are shut down.</summary>
    public ConcurrentDictionary<string, bool> Machines { get; } = new();

    /// <summary>What is told of each machine.</summary>
    public InstanceMetadata? Metadata { get; set; } =
        new("fake://n", "large", "zone-a", "region-1", [new() { Type = "InternalIP", Address = "192.0.2.7" }]);

    public ConcurrentDictionary<CloudRoute, bool> Known { get; } = new();

    /// <summary>Load balancers by the Service's uid, with the names of the nodes that they send to.</summary>
    public ConcurrentDictionary<string, string> Balancers { get; } = new();

    /// <summary>What was asked for, in order: "ensure web", "update web", …</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Calls that are refused, by their first word.</summary>
    public ConcurrentDictionary<string, string> Refused { get; } = new();

    public Task<bool> ExistsAsync(Node node, CancellationToken cancellationToken)
    {
        Call("exists", node.Metadata.Name);
        return Task.FromResult(Machines.ContainsKey(node.Metadata.Name));
    }

    public Task<bool> IsShutDownAsync(Node node, CancellationToken cancellationToken)
    {
        Call("shutdown", node.Metadata.Name);
        return Task.FromResult(Machines.GetValueOrDefault(node.Metadata.Name));
    }

    public Task<InstanceMetadata?> DescribeAsync(Node node, CancellationToken cancellationToken)
    {
        Call("describe", node.Metadata.Name);
        return Task.FromResult(Metadata);
    }

    public Task<IReadOnlyList<CloudRoute>> ListAsync(CancellationToken cancellationToken)
    {
        Call("routes", "");
        return Task.FromResult<IReadOnlyList<CloudRoute>>([.. Known.Keys]);
    }

    public Task CreateAsync(CloudRoute route, Node node, CancellationToken cancellationToken)
    {
        Call("route", route.Cidr);
        Known[route] = true;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(CloudRoute route, CancellationToken cancellationToken)
    {
        Call("unroute", route.Cidr);
        Known.TryRemove(route, out _);
        return Task.CompletedTask;
    }

    public Task<bool> ExistsAsync(Service service, CancellationToken cancellationToken)
    {
        Call("balancer", service.Metadata.Name);
        return Task.FromResult(Balancers.ContainsKey(service.Metadata.Uid));
    }

    public Task<LoadBalancerStatus> EnsureAsync(Service service, IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        Call("ensure", service.Metadata.Name);
        Balancers[service.Metadata.Uid] = Names(nodes);
        return Task.FromResult(new LoadBalancerStatus { Ingress = [new() { Hostname = $"{service.Metadata.Name}.example.com" }] });
    }

    public Task UpdateAsync(Service service, IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        Call("update", service.Metadata.Name);
        Balancers[service.Metadata.Uid] = Names(nodes);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(Service service, CancellationToken cancellationToken)
    {
        Call("delete", service.Metadata.Name);
        Balancers.TryRemove(service.Metadata.Uid, out _);
        return Task.CompletedTask;
    }

    private void Call(string what, string about)
    {
        Calls.Enqueue($"{what} {about}");
        if (Refused.TryGetValue(what, out var why)) throw new InvalidOperationException(why);
    }

    private static string Names(IReadOnlyList<Node> nodes) => string.Join(' ', nodes.Select(n => n.Metadata.Name).Order(StringComparer.Ordinal));
}

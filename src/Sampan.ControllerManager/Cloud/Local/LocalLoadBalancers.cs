using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud.Local;

/// <summary>
/// Hands out addresses of a pool, or of one of each family, each to one Service. What is taken stands in the Services' statuses; what has
/// just been given is remembered until it stands there too. Nodes need not be told: each one's proxy answers for all of these addresses.
/// </summary>
internal sealed class LocalLoadBalancers(Informer<Service> services, string cidrs) : ILoadBalancers
{
    private readonly List<AddressPool> _pools = [.. cidrs.Split(',').Select(cidr => new AddressPool(cidr))];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _given = [];

    public Task<bool> ExistsAsync(Service service, CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult(_given.ContainsKey(service.Metadata.Uid) || AddressesOf(service).Any(a => _pools.Exists(p => p.Has(a))));
    }

    public Task<LoadBalancerStatus> EnsureAsync(Service service, IReadOnlyList<Node> nodes, CancellationToken cancellationToken) =>
        Task.FromResult(new LoadBalancerStatus { Ingress = [.. Take(service).Select(a => new LoadBalancerIngress { Ip = a, IpMode = "VIP" })] });

    public Task UpdateAsync(Service service, IReadOnlyList<Node> nodes, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DeleteAsync(Service service, CancellationToken cancellationToken)
    {
        lock (_lock) _given.Remove(service.Metadata.Uid);
        return Task.CompletedTask;
    }

    private List<string> Take(Service service)
    {
        var pools = PoolsFor(service);
        lock (_lock)
        {
            foreach (var gone in _given.Keys.Except(services.List().Select(s => s.Metadata.Uid).Append(service.Metadata.Uid)).ToList()) _given.Remove(gone);
            var taken = services.List().Where(s => s.Metadata.Uid != service.Metadata.Uid).SelectMany(AddressesOf)
                .Concat(_given.Where(g => g.Key != service.Metadata.Uid).SelectMany(g => g.Value)).ToHashSet();
            CheckWanted(service, pools, taken);
            return _given[service.Metadata.Uid] = [.. pools.Select(p => Take(service, p, taken))];
        }
    }

    /// <summary>A Service of both families does with the one there is a pool of.</summary>
    private List<AddressPool> PoolsFor(Service service)
    {
        var families = service.Spec.IpFamilies is { Count: > 0 } wanted ? wanted : ["IPv4"];
        var pools = families.SelectMany(f => _pools.Where(p => p.Family == f).Take(1)).ToList();
        return pools.Count > 0 ? pools : throw new InvalidOperationException($"there are no addresses of {string.Join(" or ", families)} for load balancers, only of {string.Join(", ", _pools)}");
    }

    private string Take(Service service, AddressPool pool, HashSet<string> taken)
    {
        if (service.Spec.LoadBalancerIP is { } wanted && pool.Has(wanted)) return wanted;
        return AddressesOf(service).Concat(_given.GetValueOrDefault(service.Metadata.Uid).OrEmpty()).Concat(pool.Addresses())
            .FirstOrDefault(a => pool.Has(a) && !taken.Contains(a)) ?? throw new InvalidOperationException($"no address of {pool} is left");
    }

    /// <summary>The address that the user asks for in spec.loadBalancerIP.</summary>
    private static void CheckWanted(Service service, List<AddressPool> pools, HashSet<string> taken)
    {
        if (string.IsNullOrEmpty(service.Spec.LoadBalancerIP)) return;
        if (taken.Contains(service.Spec.LoadBalancerIP) || !pools.Exists(p => p.Has(service.Spec.LoadBalancerIP)))
            throw new InvalidOperationException($"the address {service.Spec.LoadBalancerIP} is taken or not of {string.Join(", ", pools)}");
    }

    private static IEnumerable<string> AddressesOf(Service service) =>
        service.Status.LoadBalancer.Ingress.OrEmpty().Select(i => i.Ip).OfType<string>();
}

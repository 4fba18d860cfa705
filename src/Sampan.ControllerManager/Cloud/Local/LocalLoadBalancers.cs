using System.Net;
using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud.Local;

/// <summary>
/// Hands out addresses of a pool, each to one Service. What is taken stands in the Services' statuses; what has just been given is
/// remembered until it stands there too.
/// </summary>
internal sealed class LocalLoadBalancers(Informer<Service> services, string cidr) : ILoadBalancers
{
    private readonly IPNetwork _pool = IPNetwork.TryParse(cidr, out var pool) ? pool : throw new ArgumentException($"\"{cidr}\" is no range of addresses for load balancers");
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _given = [];

    public Task<LoadBalancerStatus> EnsureAsync(Service service, IReadOnlyList<Node> nodes, CancellationToken cancellationToken)
    {
        var address = Take(service);
        return Task.FromResult(new LoadBalancerStatus { Ingress = [new() { Ip = address, IpMode = "VIP" }] });
    }

    public Task DeleteAsync(Service service, CancellationToken cancellationToken)
    {
        lock (_lock) _given.Remove(service.Metadata.Uid);
        return Task.CompletedTask;
    }

    private string Take(Service service)
    {
        lock (_lock)
        {
            foreach (var gone in _given.Keys.Except(services.List().Select(s => s.Metadata.Uid).Append(service.Metadata.Uid)).ToList()) _given.Remove(gone);
            var taken = services.List().Where(s => s.Metadata.Uid != service.Metadata.Uid).SelectMany(AddressesOf)
                .Concat(_given.Where(g => g.Key != service.Metadata.Uid).Select(g => g.Value)).ToHashSet();
            var address = Wanted(service, taken) ?? AddressesOf(service).FirstOrDefault(a => IsFree(a, taken))
                ?? _given.GetValueOrDefault(service.Metadata.Uid) ?? Addresses().FirstOrDefault(a => !taken.Contains(a))
                ?? throw new InvalidOperationException($"no address of {_pool} is left");
            return _given[service.Metadata.Uid] = address;
        }
    }

    /// <summary>The address that the user asks for in spec.loadBalancerIP.</summary>
    private string? Wanted(Service service, HashSet<string> taken)
    {
        if (string.IsNullOrEmpty(service.Spec.LoadBalancerIP)) return null;
        return IsFree(service.Spec.LoadBalancerIP, taken)
            ? service.Spec.LoadBalancerIP
            : throw new InvalidOperationException($"the address {service.Spec.LoadBalancerIP} is taken or not of {_pool}");
    }

    private bool IsFree(string text, HashSet<string> taken) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == _pool.BaseAddress.AddressFamily && _pool.Contains(address) && !taken.Contains(text);

    private static IEnumerable<string> AddressesOf(Service service) =>
        service.Status.LoadBalancer.Ingress.OrEmpty().Select(i => i.Ip).OfType<string>();

    /// <summary>All of the pool but the network's own address and the broadcast.</summary>
    private IEnumerable<string> Addresses()
    {
        var bytes = _pool.BaseAddress.GetAddressBytes();
        var bits = Math.Min((bytes.Length * 8) - _pool.PrefixLength, 16);
        for (var i = 1; i < (1 << bits) - 1; i++)
        {
            var next = (byte[])bytes.Clone();
            next[^1] += (byte)i;
            next[^2] += (byte)(i >> 8);
            yield return new IPAddress(next).ToString();
        }
    }
}

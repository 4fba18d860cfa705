using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.ApiServer.Registry.Validation;
using IPAddressObject = Sampan.Api.Networking.V1.IPAddress;
using NetAddress = System.Net.IPAddress;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// The cluster addresses of Services. An address is taken by creating the IPAddress object of its name, which only one of any
/// number of API servers can do; it is given back by deleting the object.
/// </summary>
internal sealed class ServiceAddresses(RegistryLinks links, IObjectSource objects, IReadOnlyList<IPNetwork> networks, TimeProvider time)
{
    public const string ManagedBy = "ipaddress.kubernetes.io/managed-by";
    public const string Manager = "ipallocator.k8s.io";

    private readonly AddressRange[] _defaults = [.. networks.Select(network => new AddressRange(network))];

    /// <summary>The IP families that Services may have; the first is that of Services which do not care.</summary>
    public IReadOnlyList<string> Families { get; } = [.. networks.Select(network => new AddressRange(network).Family)];

    public NetAddress First => _defaults[0].First;

    private ResourceStorage Storage => links.Catalog.StorageOf(IPAddressObject.Info);

    /// <summary>Whether some ServiceCIDR that is ready holds the address.</summary>
    public bool Contains(NetAddress address) => Ranges().Any(range => range.Contains(address));

    /// <summary>The network that holds the address.</summary>
    public IPNetwork? NetworkOf(NetAddress address) => Ranges().FirstOrDefault(range => range.Contains(address))?.Network;

    /// <summary>How many addresses each network has and how many of them are taken.</summary>
    public IEnumerable<(IPNetwork Network, double Size, int Taken)> Use()
    {
        var taken = objects.List<IPAddressObject>().Select(one => NetAddress.TryParse(one.Metadata.Name, out var address) ? address : null).OfType<NetAddress>().ToList();
        return Ranges().Select(range => (range.Network, range.Size, taken.Count(range.Contains)));
    }

    /// <summary>Takes an address; false when somebody else has it.</summary>
    public async ValueTask<bool> TryTakeAsync(NetAddress address, Service service, bool dryRun, CancellationToken cancellationToken) =>
        dryRun ? Find(address) is null : await Storage.TryCreateAsync(NewObject(address, service), cancellationToken) is not null;

    /// <summary>Takes any free address of a family; null when there is none.</summary>
    public async ValueTask<NetAddress?> TakeAnyAsync(string family, Service service, bool dryRun, CancellationToken cancellationToken)
    {
        foreach (var candidate in Ranges().Where(range => range.Family == family).SelectMany(range => range.Candidates()))
        {
            if (Find(candidate) is null && await TryTakeAsync(candidate, service, dryRun, cancellationToken))
            {
                return candidate;
            }
        }
        return null;
    }

    /// <summary>Gives an address back, unless it is another Service's by now.</summary>
    public async ValueTask ReleaseAsync(NetAddress address, string ns, string name, CancellationToken cancellationToken)
    {
        while (Storage.Find("", address.ToString()) is { } stored && IsOf((IPAddressObject)stored.Object, ns, name))
        {
            if (await Storage.TryDeleteAsync(stored, cancellationToken))
            {
                return;
            }
        }
    }

    public IPAddressObject? Find(NetAddress address) => objects.Get<IPAddressObject>(null, address.ToString());

    public static bool IsOf(IPAddressObject address, string ns, string name) =>
        address.Spec.ParentRef is { Resource: "services", Group: null or "" } parent && parent.Namespace == ns && parent.Name == name;

    /// <summary>The networks that the server was started with, then those of the other ServiceCIDRs.</summary>
    private IEnumerable<AddressRange> Ranges()
    {
        foreach (var range in _defaults)
        {
            yield return range;
        }
        foreach (var cidr in objects.List<ServiceCIDR>().Where(IsReady).SelectMany(cidr => cidr.Spec.Cidrs.OrEmpty()))
        {
            if (AddressChecks.NetworkOf(cidr) is { } other && !networks.Contains(other))
            {
                yield return new AddressRange(other);
            }
        }
    }

    private static bool IsReady(ServiceCIDR cidr) =>
        cidr.Metadata.DeletionTimestamp is null
        && cidr.Status.Conditions.OrEmpty().Any(condition => condition is { Type: "Ready", Status: "True" });

    private IPAddressObject NewObject(NetAddress address, Service service) => new()
    {
        Metadata = new()
        {
            Name = address.ToString(),
            Uid = Guid.NewGuid().ToString(),
            CreationTimestamp = time.GetUtcNow(),
            Generation = 1,
            Labels = new() { ["ipaddress.kubernetes.io/ip-family"] = ServiceAddressValidation.FamilyOf(address.ToString())!, [ManagedBy] = Manager },
        },
        Spec = new()
        {
            ParentRef = new() { Resource = "services", Namespace = service.Metadata.Namespace, Name = service.Metadata.Name },
        },
    };
}

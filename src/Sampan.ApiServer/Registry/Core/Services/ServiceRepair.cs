using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Events;
using Sampan.Store;
using IPAddressObject = Sampan.Api.Networking.V1.IPAddress;
using NetAddress = System.Net.IPAddress;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// Makes what is allocated and what Services hold the same again: a server may have died between the two writes, or somebody have
/// deleted an IPAddress. What a Service holds is taken for it, what nobody holds is given back, and what cannot be mended is told.
/// Upstream: pkg/registry/core/service/ipallocator/controller and portallocator/controller.
/// </summary>
internal sealed class ServiceRepair(
    IObjectSource objects, ServiceAddresses addresses, NodePorts ports, EventRecorder recorder, TimeProvider time, ILogger logger)
{
    /// <summary>How often a port must be seen with nobody who holds it, since its Service may be about to be stored.</summary>
    private const int PassesUntilLeaked = 3;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(3);

    /// <summary>How old an address must be, for the same reason.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, int> _unheld = [];

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await TryRepairAsync(stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public async Task TryRepairAsync(CancellationToken cancellationToken)
    {
        try
        {
            var services = objects.List<Service>().ToList();
            foreach (var service in services)
            {
                await RepairAddressesAsync(service, cancellationToken);
            }
            foreach (var address in objects.List<IPAddressObject>())
            {
                await RepairAsync(address, cancellationToken);
            }
            await RepairPortsAsync(services, cancellationToken);
        }
        catch (StoreException failure)
        {
            logger.LogWarning(failure, "Allocations of Services are not repaired; trying again in {Period}", Period);
        }
    }

    private async Task RepairAddressesAsync(Service service, CancellationToken cancellationToken)
    {
        if (!ServiceShape.NeedsAddress(service))
        {
            return;
        }
        foreach (var text in service.Spec.ClusterIPs.OrEmpty())
        {
            if (!NetAddress.TryParse(text, out var address))
            {
                Warn(service, "ClusterIPNotValid", $"Cluster IP {text} is not a valid IP; please recreate service");
            }
            else if (!addresses.Contains(address))
            {
                Warn(service, "ClusterIPOutOfRange", $"Cluster IP {text} is not within any configured Service CIDR; please recreate service");
            }
            else if (addresses.Find(address) is not { } stored)
            {
                if (await addresses.TryTakeAsync(address, service, false, cancellationToken))
                {
                    Warn(service, "ClusterIPNotAllocated", $"Cluster IP {text} is not allocated; repairing");
                }
            }
            else if (!ServiceAddresses.IsOf(stored, service.Metadata.Namespace, service.Metadata.Name) && IsHeld(stored))
            {
                var parent = stored.Spec.ParentRef;
                Warn(
                    service, "ClusterIPAlreadyAllocated",
                    $"Cluster IP {text} was assigned to multiple services: {parent?.Namespace}/{parent?.Name}; please recreate service");
            }
        }
    }

    /// <summary>An address that this server made and no Service holds goes back.</summary>
    private async Task RepairAsync(IPAddressObject address, CancellationToken cancellationToken)
    {
        var isOurs = address.Metadata.Labels.OrEmpty().GetValueOrDefault(ServiceAddresses.ManagedBy) == ServiceAddresses.Manager;
        var isYoung = address.Metadata.CreationTimestamp is { } created && time.GetUtcNow() - created.Value < Grace;
        if (!isOurs || isYoung || IsHeld(address) || !NetAddress.TryParse(address.Metadata.Name, out var parsed))
        {
            return;
        }
        var parent = address.Spec.ParentRef;
        recorder.Event(
            address, "Warning", "IPAddressNotAllocated",
            $"IPAddress: {address.Metadata.Name} for Service {parent?.Namespace}/{parent?.Name} appears to have leaked: cleaning up");
        await addresses.ReleaseAsync(parsed, parent?.Namespace ?? "", parent?.Name ?? "", cancellationToken);
    }

    private bool IsHeld(IPAddressObject address) =>
        address.Spec.ParentRef is { } parent
        && objects.Get<Service>(parent.Namespace, parent.Name) is { } service
        && service.Spec.ClusterIPs.OrEmpty().Contains(address.Metadata.Name);

    private async Task RepairPortsAsync(IReadOnlyList<Service> services, CancellationToken cancellationToken)
    {
        var holders = new Dictionary<int, Service>();
        foreach (var service in services)
        {
            foreach (var port in ServiceShape.NodePortsOf(service))
            {
                if (!ports.Contains(port))
                {
                    Warn(
                        service, "PortOutOfRange",
                        $"Port {port} is not within the port range {ports.First}-{ports.Last}; please recreate service");
                }
                else if (!holders.TryAdd(port, service))
                {
                    Warn(service, "PortAlreadyAllocated", $"Port {port} was assigned to multiple services; please recreate service");
                }
            }
        }
        var missing = await ports.ChangeAsync(map => Mend(map, holders), false, cancellationToken);
        foreach (var port in missing)
        {
            Warn(holders[port], "PortNotAllocated", $"Port {port} is not allocated; repairing");
        }
    }

    /// <summary>Takes what is held, gives back what long was not; answers what was not taken.</summary>
    private List<int> Mend(PortBitmap map, Dictionary<int, Service> holders)
    {
        var missing = holders.Keys.Where(map.TryTake).ToList();
        for (var port = map.First; port <= map.Last; port++)
        {
            if (!map.IsTaken(port) || holders.ContainsKey(port))
            {
                _unheld.Remove(port);
                continue;
            }
            var seen = _unheld.GetValueOrDefault(port) + 1;
            _unheld[port] = seen;
            if (seen > PassesUntilLeaked)
            {
                map.Release(port);
                _unheld.Remove(port);
            }
        }
        return missing;
    }

    private void Warn(Service service, string reason, string message) => recorder.Event(service, "Warning", reason, message);
}

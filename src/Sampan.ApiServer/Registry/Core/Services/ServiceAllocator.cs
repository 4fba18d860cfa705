using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Gives Services their cluster addresses and node ports.</summary>
internal sealed class ServiceAllocator(ServiceAddresses addresses, NodePorts ports, ServiceAllocationMetrics metrics)
{
    /// <summary>The IP families that Services may have.</summary>
    public IReadOnlyList<string> Families => addresses.Families;

    /// <summary>Fills in the addresses and ports a Service lacks; a Status 422 when a wanted one is not to be had.</summary>
    public async ValueTask<IAllocation> AllocateAsync(WriteContext context, Service service, Service? old)
    {
        var allocation = new ServiceAllocation(service, context.DryRun, addresses, ports);
        var errors = new FieldErrors();
        try
        {
            await AllocateAddressAsync(service, old, allocation, errors, context.Cancelled);
            await AllocatePortsAsync(service, old, allocation, errors, context.Cancelled);
            if (errors.Any)
            {
                throw StatusException.Invalid(Service.Info.GroupKind, service.Metadata.Name, errors);
            }
            return allocation;
        }
        catch
        {
            await allocation.RollbackAsync();
            throw;
        }
    }

    public async ValueTask ReleaseAsync(Service service)
    {
        foreach (var address in ServiceShape.AddressesOf(service))
        {
            await addresses.ReleaseAsync(address, service.Metadata.Namespace, service.Metadata.Name, CancellationToken.None);
        }
        foreach (var port in ServiceShape.NodePortsOf(service))
        {
            await ports.ReleaseAsync(port, CancellationToken.None);
        }
    }

    private async ValueTask AllocateAddressAsync(
        Service service, Service? old, ServiceAllocation allocation, FieldErrors errors, CancellationToken cancellationToken)
    {
        var held = old is null ? [] : ServiceShape.AddressesOf(old).ToList();
        if (!ServiceShape.NeedsAddress(service))
        {
            held.ForEach(allocation.WillFree);
            return;
        }
        var given = service.Spec.ClusterIPs is { Count: > 0 } all ? all : [service.Spec.ClusterIP ?? ""];
        var result = new List<string>();
        foreach (var (index, family) in service.Spec.IpFamilies.OrEmpty().Index())
        {
            var address = given.ElementAtOrDefault(index) ?? "";
            if (address.Length == 0)
            {
                address = await TakeAnyAsync(family, service, allocation, cancellationToken);
            }
            else if (IPAddress.TryParse(address, out var wanted) && !held.Contains(wanted))
            {
                await TakeWantedAsync(wanted, service, given, allocation, errors, cancellationToken);
            }
            result.Add(address);
        }
        held.Where(address => !result.Contains(address.ToString())).ToList().ForEach(allocation.WillFree);
        (service.Spec.ClusterIP, service.Spec.ClusterIPs) = (result[0], result);
    }

    private async ValueTask<string> TakeAnyAsync(
        string family, Service service, ServiceAllocation allocation, CancellationToken cancellationToken)
    {
        var free = await addresses.TakeAnyAsync(family, service, allocation.DryRun, cancellationToken)
            ?? throw StatusException.InternalError("failed to allocate a serviceIP: range is full");
        Took(free, allocation);
        return free.ToString();
    }

    private async ValueTask TakeWantedAsync(
        IPAddress wanted, Service service, List<string> shown, ServiceAllocation allocation, FieldErrors errors, CancellationToken cancellationToken)
    {
        var path = FieldPath.Of("spec").Child("clusterIPs");
        if (!addresses.Contains(wanted))
        {
            errors.Invalid(path, shown, $"failed to allocate IP {wanted}: the provided network does not match the current range");
        }
        else if (await TryTakeAsync(wanted, service, allocation, cancellationToken))
        {
            allocation.Took(wanted);
        }
        else
        {
            errors.Invalid(path, shown, $"failed to allocate IP {wanted}: provided IP is already allocated");
        }
    }

    private void Took(IPAddress any, ServiceAllocation allocation)
    {
        allocation.Took(any);
        if (!allocation.DryRun)
        {
            metrics.TookAny(any);
        }
    }

    private async ValueTask<bool> TryTakeAsync(IPAddress wanted, Service service, ServiceAllocation allocation, CancellationToken cancellationToken)
    {
        var taken = await addresses.TryTakeAsync(wanted, service, allocation.DryRun, cancellationToken);
        if (!allocation.DryRun)
        {
            metrics.Took(wanted, taken);
        }
        return taken;
    }

    private async ValueTask AllocatePortsAsync(
        Service service, Service? old, ServiceAllocation allocation, FieldErrors errors, CancellationToken cancellationToken)
    {
        var held = old is null ? [] : ServiceShape.NodePortsOf(old).ToHashSet();
        var used = new HashSet<int>();
        if (ServiceShape.NeedsNodePorts(service))
        {
            foreach (var (index, port) in service.Spec.Ports.OrEmpty().Index())
            {
                var path = FieldPath.Of("spec").Child("ports").Index(index).Child("nodePort");
                // TCP and UDP of the same port share their node port.
                var twin = service.Spec.Ports!.Find(other =>
                    other != port && other.Port == port.Port && other.Protocol != port.Protocol && other.NodePort != 0);
                port.NodePort = port.NodePort == 0 && twin is not null
                    ? twin.NodePort : await TakeAsync(port.NodePort, path, held, used, allocation, errors, cancellationToken);
                used.Add(port.NodePort);
            }
        }
        if (ServiceShape.NeedsHealthPort(service))
        {
            var path = FieldPath.Of("spec").Child("healthCheckNodePort");
            service.Spec.HealthCheckNodePort = await TakeAsync(
                service.Spec.HealthCheckNodePort, path, held, used, allocation, errors, cancellationToken);
            used.Add(service.Spec.HealthCheckNodePort);
        }
        foreach (var port in held.Except(used))
        {
            allocation.WillFree(port);
        }
    }

    /// <summary>The wanted port, or any when that is 0.</summary>
    private async ValueTask<int> TakeAsync(
        int wanted, FieldPath path, HashSet<int> held, HashSet<int> used, ServiceAllocation allocation, FieldErrors errors,
        CancellationToken cancellationToken)
    {
        if (wanted == 0)
        {
            return await TakeAnyAsync(allocation, cancellationToken);
        }
        if (held.Contains(wanted) || used.Contains(wanted))
        {
            return wanted;
        }
        if (!ports.Contains(wanted))
        {
            errors.Invalid(path, wanted, $"provided port is not in the valid range. The range of valid ports is {ports.First}-{ports.Last}");
        }
        else if (await TryTakeAsync(wanted, allocation, cancellationToken))
        {
            allocation.Took(wanted);
        }
        else
        {
            errors.Invalid(path, wanted, "provided port is already allocated");
        }
        return wanted;
    }

    private async ValueTask<int> TakeAnyAsync(ServiceAllocation allocation, CancellationToken cancellationToken)
    {
        var port = await ports.TakeAnyAsync(allocation.DryRun, cancellationToken);
        if (!allocation.DryRun)
        {
            metrics.TookAnyPort(port is not null);
        }
        var taken = port ?? throw StatusException.InternalError("failed to allocate a nodePort: range is full");
        allocation.Took(taken);
        return taken;
    }

    private async ValueTask<bool> TryTakeAsync(int wanted, ServiceAllocation allocation, CancellationToken cancellationToken)
    {
        var taken = await ports.TryTakeAsync(wanted, allocation.DryRun, cancellationToken);
        if (!allocation.DryRun)
        {
            metrics.TookPort(taken);
        }
        return taken;
    }
}

using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Gives Services their cluster addresses and node ports. The pools are filled from the stored Services at start.</summary>
internal sealed class ServiceAllocator(AddressPool addresses, NodePortPool ports)
{
    public AddressPool Addresses => addresses;

    /// <summary>Takes what an existing Service holds.</summary>
    public void Adopt(Service service)
    {
        foreach (var address in ServiceShape.AddressesOf(service))
        {
            addresses.TryTake(address);
        }
        foreach (var port in ServiceShape.NodePortsOf(service).Where(ports.Contains))
        {
            ports.TryTake(port);
        }
    }

    public void Release(Service service)
    {
        foreach (var address in ServiceShape.AddressesOf(service))
        {
            addresses.Release(address);
        }
        foreach (var port in ServiceShape.NodePortsOf(service))
        {
            ports.Release(port);
        }
    }

    /// <summary>Fills in the addresses and ports a Service lacks; a Status 422 when a wanted one is not to be had.</summary>
    public IAllocation Allocate(Service service, Service? old)
    {
        var allocation = new ServiceAllocation(addresses, ports);
        var errors = new FieldErrors();
        AllocateAddress(service, old, allocation, errors);
        AllocatePorts(service, old, allocation, errors);
        if (errors.Any)
        {
            allocation.Rollback();
            throw StatusException.Invalid(Service.Info.GroupKind, service.Metadata.Name, errors);
        }
        return allocation;
    }

    private void AllocateAddress(Service service, Service? old, ServiceAllocation allocation, FieldErrors errors)
    {
        var held = old is null ? [] : ServiceShape.AddressesOf(old).ToList();
        if (!ServiceShape.NeedsAddress(service))
        {
            held.ForEach(allocation.WillFree);
            return;
        }
        var path = FieldPath.Of("spec").Child("clusterIPs");
        if (string.IsNullOrEmpty(service.Spec.ClusterIP))
        {
            if (addresses.Take() is not { } free)
            {
                throw StatusException.InternalError("failed to allocate a serviceIP: range is full");
            }
            allocation.Took(free);
            service.Spec.ClusterIP = free.ToString();
        }
        else if (IPAddress.TryParse(service.Spec.ClusterIP, out var wanted) && !held.Contains(wanted))
        {
            TakeWanted(wanted, path, service, allocation, errors);
        }
        service.Spec.ClusterIPs = [service.Spec.ClusterIP!];
    }

    private void TakeWanted(IPAddress wanted, FieldPath path, Service service, ServiceAllocation allocation, FieldErrors errors)
    {
        List<string> shown = [service.Spec.ClusterIP!];
        if (!addresses.Contains(wanted))
        {
            errors.Invalid(
                path, shown, $"failed to allocate IP {wanted}: the provided IP ({wanted}) is not in the valid range. The range of valid IPs is {addresses.Network}");
        }
        else if (addresses.TryTake(wanted))
        {
            allocation.Took(wanted);
        }
        else
        {
            errors.Invalid(path, shown, $"failed to allocate IP {wanted}: provided IP is already allocated");
        }
    }

    private void AllocatePorts(Service service, Service? old, ServiceAllocation allocation, FieldErrors errors)
    {
        var held = old is null ? [] : ServiceShape.NodePortsOf(old).ToHashSet();
        var used = new HashSet<int>();
        if (ServiceShape.NeedsNodePorts(service))
        {
            foreach (var (index, port) in service.Spec.Ports.OrEmpty().Index())
            {
                AllocatePort(port, FieldPath.Of("spec").Child("ports").Index(index).Child("nodePort"), service, held, used, allocation, errors);
            }
        }
        if (ServiceShape.NeedsHealthPort(service))
        {
            AllocateHealthPort(service, held, used, allocation, errors);
        }
        foreach (var port in held.Except(used))
        {
            allocation.WillFree(port);
        }
    }

    private void AllocatePort(
        ServicePort port, FieldPath path, Service service, HashSet<int> held, HashSet<int> used, ServiceAllocation allocation, FieldErrors errors)
    {
        if (port.NodePort == 0)
        {
            // TCP and UDP of the same port share their node port.
            var twin = service.Spec.Ports!.Find(other =>
                other != port && other.Port == port.Port && other.Protocol != port.Protocol && other.NodePort != 0);
            port.NodePort = twin?.NodePort ?? TakeAny(allocation);
        }
        else if (!held.Contains(port.NodePort) && !used.Contains(port.NodePort))
        {
            TakeWanted(port.NodePort, path, allocation, errors);
        }
        used.Add(port.NodePort);
    }

    private void AllocateHealthPort(
        Service service, HashSet<int> held, HashSet<int> used, ServiceAllocation allocation, FieldErrors errors)
    {
        if (service.Spec.HealthCheckNodePort == 0)
        {
            service.Spec.HealthCheckNodePort = TakeAny(allocation);
        }
        else if (!held.Contains(service.Spec.HealthCheckNodePort))
        {
            TakeWanted(service.Spec.HealthCheckNodePort, FieldPath.Of("spec").Child("healthCheckNodePort"), allocation, errors);
        }
        used.Add(service.Spec.HealthCheckNodePort);
    }

    private int TakeAny(ServiceAllocation allocation)
    {
        var port = ports.Take() ?? throw StatusException.InternalError("failed to allocate a nodePort: range is full");
        allocation.Took(port);
        return port;
    }

    private void TakeWanted(int port, FieldPath path, ServiceAllocation allocation, FieldErrors errors)
    {
        if (!ports.Contains(port))
        {
            errors.Invalid(path, port, $"provided port is not in the valid range. The range of valid ports is {ports.First}-{ports.Last}");
        }
        else if (ports.TryTake(port))
        {
            allocation.Took(port);
        }
        else
        {
            errors.Invalid(path, port, "provided port is already allocated");
        }
    }
}

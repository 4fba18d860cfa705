using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Services, with their addresses and ports from the allocator.</summary>
internal sealed class ServiceStrategy(ServiceAllocator allocator) : SpecStatusStrategy<Service>(Parts, hasGeneration: false)
{
    private static readonly SpecStatus<Service> Parts = new(
        (from, to) => to.Spec = from.Spec,
        (from, to) => to.Status = from.Status,
        service => service.Status = new ServiceStatus(),
        (a, b) => a.Spec.DeepEquals(b.Spec));

    public override bool AllowCreateOnUpdate => true;

    public override bool ReturnDeletedObject => true;

    public override NameCheck NameCheck => NameChecks.Label1035;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["spec.clusterIP", "spec.type"];

    protected override IReadOnlyList<string> SelectableFieldValues(Service service) => [service.Spec.ClusterIP ?? "", service.Spec.Type ?? ""];

    protected override void Default(Service service) => ServiceDefaults.Apply(service.Spec);

    protected override void PrepareSpecForCreate(WriteContext context, Service service) => DropForeign(service);

    protected override void PrepareSpecForUpdate(WriteContext context, Service service, Service old)
    {
        DropForeign(service);
        KeepAllocated(service, old);
        if (service.Spec.Type == "ExternalName" && old.Spec.Type != "ExternalName" && service.Spec.ClusterIP == old.Spec.ClusterIP)
        {
            (service.Spec.ClusterIP, service.Spec.ClusterIPs, service.Spec.IpFamilies, service.Spec.IpFamilyPolicy) = (null, null, null, null);
        }
    }

    protected override void Validate(WriteContext context, Service service, FieldErrors errors) => ServiceValidation.Validate(service, errors);

    protected override void ValidateUpdate(WriteContext context, Service service, Service old, FieldErrors errors)
    {
        ServiceValidation.ValidateUpdate(service, old, errors);
        ServiceValidation.Validate(service, errors);
    }

    protected override void ValidateStatusUpdate(WriteContext context, Service service, Service old, FieldErrors errors) =>
        LoadBalancerValidation.ValidateStatus(service, errors);

    protected override ValueTask<IAllocation> AllocateAsync(WriteContext context, Service service, Service? old) =>
        // A Service that is wrong in itself takes nothing: its validation follows.
        IsSound(service, old) ? allocator.AllocateAsync(context, service, old) : new(IAllocation.None);

    protected override ValueTask ReleaseAsync(Service service) => allocator.ReleaseAsync(service);

    private static bool IsSound(Service service, Service? old)
    {
        var errors = new FieldErrors();
        if (old is not null)
        {
            ServiceValidation.ValidateUpdate(service, old, errors);
        }
        ServiceValidation.Validate(service, errors);
        return !errors.Any;
    }

    /// <summary>An update that leaves out what was allocated keeps it.</summary>
    private static void KeepAllocated(Service service, Service old)
    {
        if (ServiceShape.NeedsAddress(service) && ServiceShape.NeedsAddress(old) && string.IsNullOrEmpty(service.Spec.ClusterIP))
        {
            (service.Spec.ClusterIP, service.Spec.ClusterIPs) = (old.Spec.ClusterIP, old.Spec.ClusterIPs);
        }
        if (ServiceShape.NeedsNodePorts(service) && ServiceShape.NeedsNodePorts(old))
        {
            KeepNodePorts(service.Spec.Ports.OrEmpty(), old.Spec.Ports.OrEmpty());
        }
        if (ServiceShape.NeedsHealthPort(service) && ServiceShape.NeedsHealthPort(old) && service.Spec.HealthCheckNodePort == 0)
        {
            service.Spec.HealthCheckNodePort = old.Spec.HealthCheckNodePort;
        }
    }

    private static void KeepNodePorts(IReadOnlyList<ServicePort> ports, IReadOnlyList<ServicePort> old)
    {
        var used = ports.Select(port => port.NodePort).ToHashSet();
        foreach (var port in ports.Where(port => port.NodePort == 0))
        {
            var match = old.FirstOrDefault(one => one.Port == port.Port && one.Protocol == port.Protocol);
            if (match is { NodePort: not 0 } && used.Add(match.NodePort))
            {
                port.NodePort = match.NodePort;
            }
        }
    }

    /// <summary>Node ports of a Service that no longer has any are dropped without a word.</summary>
    private static void DropForeign(Service service)
    {
        if (service.Spec.Type is "ClusterIP" or "ExternalName")
        {
            service.Spec.Ports?.ForEach(port => port.NodePort = 0);
            service.Spec.AllocateLoadBalancerNodePorts = null;
        }
        if (!ServiceShape.NeedsHealthPort(service))
        {
            service.Spec.HealthCheckNodePort = 0;
        }
        if (service.Spec.Type is "ClusterIP" && service.Spec.ExternalIPs.OrEmpty().Count == 0)
        {
            service.Spec.ExternalTrafficPolicy = null;
        }
    }
}

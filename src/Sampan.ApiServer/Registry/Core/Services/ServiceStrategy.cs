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

    public override NameCheck NameCheck => NameChecks.Label;

    public override IReadOnlyList<string> SelectableFieldNames { get; } = ["spec.clusterIP", "spec.type"];

    protected override IReadOnlyList<string> SelectableFieldValues(Service service) => [service.Spec.ClusterIP ?? "", service.Spec.Type ?? ""];

    protected override void Default(Service service)
    {
        ServiceDefaults.Apply(service.Spec);
        foreach (var point in service.Spec.Type == "LoadBalancer" ? service.Status.LoadBalancer.Ingress.OrEmpty() : [])
        {
            point.IpMode ??= string.IsNullOrEmpty(point.Ip) ? null : "VIP";
        }
    }

    protected override void PrepareSpecForUpdate(WriteContext context, Service service, Service old) => ServiceChanges.Complete(service, old);

    protected override void Validate(WriteContext context, Service service, FieldErrors errors) => ServiceValidation.Validate(service, errors);

    protected override void ValidateUpdate(WriteContext context, Service service, Service old, FieldErrors errors)
    {
        ServiceValidation.ValidateUpdate(service, old, errors);
        ServiceValidation.Validate(service, errors, old);
    }

    protected override void ValidateStatusUpdate(WriteContext context, Service service, Service old, FieldErrors errors) =>
        LoadBalancerValidation.ValidateStatus(service, old, errors);

    protected override IEnumerable<string> Warnings(WriteContext context, Service service, Service? old) => ServiceWarnings.Of(service);

    protected override ValueTask<IAllocation> AllocateAsync(WriteContext context, Service service, Service? old)
    {
        new ServiceFamilies(allocator.Families).Settle(service, old);
        // A Service that is wrong in itself takes nothing: its validation follows.
        return IsSound(service, old) ? allocator.AllocateAsync(context, service, old) : new(IAllocation.None);
    }

    protected override ValueTask ReleaseAsync(Service service) => allocator.ReleaseAsync(service);

    private static bool IsSound(Service service, Service? old)
    {
        var errors = new FieldErrors();
        if (old is not null)
        {
            ServiceValidation.ValidateUpdate(service, old, errors);
        }
        ServiceValidation.Validate(service, errors, old);
        return !errors.Any;
    }
}

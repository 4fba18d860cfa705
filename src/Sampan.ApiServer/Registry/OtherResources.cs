using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.ApiExtensions.V1;
using Sampan.Api.ApiRegistration.V1;
using Sampan.Api.FlowControl.V1;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Registry.Autoscaling;
using Sampan.ApiServer.Registry.Certificates;
using Sampan.ApiServer.Registry.Coordination;
using Sampan.ApiServer.Registry.Discovery;
using Sampan.ApiServer.Registry.Events;
using Sampan.ApiServer.Registry.Policy;
using Sampan.ApiServer.Registry.Scheduling;
using CoreEvent = Sampan.Api.Core.V1.Event;
using Hpa = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscaler;
using HpaV1 = Sampan.Api.Autoscaling.V1.HorizontalPodAutoscaler;
using ServedEvent = Sampan.Api.Events.V1.Event;

namespace Sampan.ApiServer.Registry;

/// <summary>The special resources of the groups that have few.</summary>
internal static class OtherResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.Of(new EndpointSliceStrategy()),
        ResourceDescriptors.Of(new LeaseStrategy()),
        ResourceDescriptors.WithStatus(new PodDisruptionBudgetStrategy()),
        ResourceDescriptors.Of(new PriorityClassStrategy()),
        ResourceDescriptors.WithStatus(new HorizontalPodAutoscalerStrategy()),
        ResourceDescriptors.WithStatus(new HorizontalPodAutoscalerV1Strategy()) with
        {
            Conversion = new VersionConversion(
                Hpa.Info, HpaV1.Info, HorizontalPodAutoscalerConversion.ToStored, HorizontalPodAutoscalerConversion.ToServed),
        },
        ResourceDescriptors.Of(new EventStrategyRules()) with
        {
            Conversion = new VersionConversion(CoreEvent.Info, ServedEvent.Info, EventConversion.ToStored, EventConversion.ToServed)
            {
                StoredField = EventConversion.StoredField,
            },
        },
        CertificateSigningRequests(),
        .. WithStatus(),
    ];

    private static ResourceDescriptor CertificateSigningRequests()
    {
        var strategy = new CertificateSigningRequestStrategy();
        return ResourceDescriptors.WithStatus(strategy).With("approval", new PartSubresource(strategy.Approval));
    }

    private static IEnumerable<ResourceDescriptor> WithStatus() =>
    [
        ResourceDescriptors.WithStatus<FlowSchema>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, o => o.Status = new(), (a, b) => a.Spec.DeepEquals(b.Spec), true),
        ResourceDescriptors.WithStatus<PriorityLevelConfiguration>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, o => o.Status = new(), (a, b) => a.Spec.DeepEquals(b.Spec), true),
        ResourceDescriptors.WithStatus<ResourceClaim>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, o => o.Status = new(), (a, b) => a.Spec.DeepEquals(b.Spec)),
        ResourceDescriptors.WithStatus<APIService>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, o => o.Status = new(), (a, b) => a.Spec.DeepEquals(b.Spec)),
        ResourceDescriptors.WithStatus<CustomResourceDefinition>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, o => o.Status = new(), (a, b) => a.Spec.DeepEquals(b.Spec), true),
        ResourceDescriptors.WithStatus<ValidatingAdmissionPolicy>(
            (from, to) => to.Spec = from.Spec, (from, to) => to.Status = from.Status, o => o.Status = new(), (a, b) => a.Spec.DeepEquals(b.Spec), true),
    ];
}

using Sampan.ApiServer.Registry.AdmissionRegistration;
using Sampan.ApiServer.Registry.ApiExtensions;
using Sampan.ApiServer.Registry.ApiRegistration;
using Sampan.ApiServer.Registry.Autoscaling;
using Sampan.ApiServer.Registry.Certificates;
using Sampan.ApiServer.Registry.Coordination;
using Sampan.ApiServer.Registry.Discovery;
using Sampan.ApiServer.Registry.Events;
using Sampan.ApiServer.Registry.FlowControl;
using Sampan.ApiServer.Registry.Policy;
using Sampan.ApiServer.Registry.Resource;
using Sampan.ApiServer.Registry.RuntimeClasses;
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
        ResourceDescriptors.Of(new RuntimeClassStrategy()),
        ResourceDescriptors.WithStatus(new APIServiceStrategy()),
        ResourceDescriptors.WithStatus(new CustomResourceDefinitionStrategy()),
        .. AdmissionRegistrationResources.All(), .. FlowControlResources.All(), .. ResourceResources.All(),
    ];

    private static ResourceDescriptor CertificateSigningRequests()
    {
        var strategy = new CertificateSigningRequestStrategy();
        return ResourceDescriptors.WithStatus(strategy).With("approval", new PartSubresource(strategy.Approval));
    }
}

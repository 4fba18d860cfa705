using Sampan.Api.Authentication.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Authentication.ServiceAccounts;
using Sampan.ApiServer.Registry.Core.Actions;
using Sampan.ApiServer.Registry.Core.Services;
using Sampan.ApiServer.Streaming;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>The resources of the core group.</summary>
internal static class CoreResources
{
    public static IEnumerable<ResourceDescriptor> All(
        RegistryLinks links, ServiceAllocator services, TokenRequests tokens, ConnectHandlers connects, TimeSpan eventLife) =>
    [
        Pods(links, connects),
        Namespaces(),
        WithAll(ResourceDescriptors.WithStatus(new NodeStrategy()), connects.Proxied),
        WithAll(ResourceDescriptors.WithStatus(new ServiceStrategy(services)), connects.Proxied),
        ResourceDescriptors.Of(new EndpointsStrategy()),
        ResourceDescriptors.Of(new ConfigMapStrategy()),
        ResourceDescriptors.Of(new SecretStrategy()),
        ResourceDescriptors.Of(new EventStrategy(eventLife)),
        ResourceDescriptors.Of(new PlainStrategy<LimitRange>(LimitRangeDefaults.Apply, LimitRangeValidation.Validate, createsByUpdate: true)),
        ResourceDescriptors.Of(new PodTemplateStrategy()),
        ServiceAccounts(tokens),
        ReplicationControllers(),
        ResourceDescriptors.WithStatus(new PersistentVolumeStrategy()),
        ResourceDescriptors.WithStatus(new PersistentVolumeClaimStrategy()),
        ResourceDescriptors.WithStatus(new ResourceQuotaStrategy()),
        new ResourceDescriptor(Binding.Info, GenericStrategy.Instance) { Review = new ActionSubresource(Binding.Info, new PodBinding(links).RunAsync) },
    ];

    private static ResourceDescriptor Pods(RegistryLinks links, ConnectHandlers connects) =>
        WithAll(ResourceDescriptors.WithStatus(new PodStrategy()), connects.Pods)
            .With("ephemeralcontainers", new PartSubresource(new EphemeralContainersPart()))
            .With("resize", new PartSubresource(new PodResizePart()))
            .With("binding", new ActionSubresource(Binding.Info, new PodBinding(links).RunAsync))
            .With("eviction", new ActionSubresource(Eviction.Info, new PodEviction(links).RunAsync));

    private static ResourceDescriptor Namespaces()
    {
        var strategy = new NamespaceStrategy();
        return ResourceDescriptors.WithStatus(strategy).With("finalize", new PartSubresource(strategy.Finalize));
    }

    private static ResourceDescriptor ServiceAccounts(TokenRequests tokens) =>
        ResourceDescriptors.Of(new ServiceAccountStrategy()).With("token", new ActionSubresource(
            TokenRequest.Info,
            (context, name, body) => new(new ActionResult(tokens.Create(context.Namespace, name, (TokenRequest)body, context.Warn)))));

    private static ResourceDescriptor ReplicationControllers() =>
        ResourceDescriptors.WithStatus(new ReplicationControllerStrategy()).WithScale(new ScaleOf<ReplicationController>(
            controller => controller.Spec.Replicas ?? 0,
            controller => controller.Status.Replicas,
            controller => Selector.FromLabels(controller.Spec.Selector).ToString(),
            (controller, replicas) => controller.Spec.Replicas = replicas));

    private static ResourceDescriptor WithAll(ResourceDescriptor resource, IReadOnlyDictionary<string, Subresource> subresources) =>
        subresources.Aggregate(resource, (one, entry) => one.With(entry.Key, entry.Value));
}

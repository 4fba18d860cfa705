namespace Sampan.ApiServer.Registry.FlowControl;

/// <summary>The resources of the group flowcontrol.apiserver.k8s.io.</summary>
internal static class FlowControlResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
        [ResourceDescriptors.WithStatus(new FlowSchemaStrategy()), ResourceDescriptors.WithStatus(new PriorityLevelStrategy())];
}

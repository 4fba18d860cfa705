namespace Sampan.ApiServer.Registry.Batch;

/// <summary>The resources of the group batch.</summary>
internal static class BatchResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
        [ResourceDescriptors.WithStatus(new JobStrategy()), ResourceDescriptors.WithStatus(new CronJobStrategy())];
}

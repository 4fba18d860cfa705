using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Configuration;

/// <summary>A resource, and what it counts beside others.</summary>
public sealed record ResourceSpec(string Name, long Weight = 1)
{
    internal static List<ResourceSpec> Defaults() => [new(ResourceNames.Cpu), new(ResourceNames.Memory)];

    /// <summary>No resources: the usual ones. A weight of zero is none that was given.</summary>
    internal static List<ResourceSpec> WithDefaults(List<ResourceSpec> given) =>
        given.Count == 0 ? Defaults() : given.ConvertAll(resource => resource.Weight == 0 ? resource with { Weight = 1 } : resource);
}

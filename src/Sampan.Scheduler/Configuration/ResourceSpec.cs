using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Configuration;

/// <summary>A resource, and what it counts beside others.</summary>
public sealed record ResourceSpec(string Name, long Weight = 1)
{
    internal static List<ResourceSpec> Defaults() => [new(ResourceNames.Cpu), new(ResourceNames.Memory)];
}

using Sampan.Api.Scheduling.V1;

namespace Sampan.ApiServer.Registry.Scheduling;

/// <summary>The priority classes that every cluster has.</summary>
internal static class SystemPriorityClasses
{
    public static IReadOnlyList<PriorityClass> All { get; } =
    [
        New("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node."),
        New("system-cluster-critical", 2_000_000_000,
            "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."),
    ];

    public static PriorityClass? Find(string name) => All.FirstOrDefault(one => one.Metadata.Name == name);

    private static PriorityClass New(string name, int value, string description) => new()
    {
        Metadata = new() { Name = name },
        Value = value,
        Description = description,
        PreemptionPolicy = "PreemptLowerPriority",
    };
}

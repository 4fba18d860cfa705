using Sampan.Api.Meta.V1;

namespace Sampan.Api.Scheduling.V1;

/// <summary>A named rank: pods of a higher one are scheduled first and may displace lower ones.</summary>
[ApiType("io.k8s.api.scheduling.v1.PriorityClass")]
[Kind("scheduling.k8s.io", "v1", Plural = "priorityclasses", Singular = "priorityclass", ShortNames = ["pc"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class PriorityClass : IObject<PriorityClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The priority of pods of this class; higher goes first. At most 1000000000 for users' classes; immutable.</summary>
    [Field("value", 2, Always = true, Default = "0")]
    public int Value { get; set; }

    /// <summary>Whether pods that name no class get this one; of several the one with the lowest value counts.</summary>
    [Field("globalDefault", 3)]
    public bool GlobalDefault { get; set; }

    /// <summary>When the class should be used, in words for people.</summary>
    [Field("description", 4)]
    public string? Description { get; set; }

    /// <summary>
    /// PreemptLowerPriority (the default) may send others away to make room, Never only goes before them in the queue; immutable.
    /// </summary>
    [Field("preemptionPolicy", 5, Pointer = true)]
    public string? PreemptionPolicy { get; set; }
}

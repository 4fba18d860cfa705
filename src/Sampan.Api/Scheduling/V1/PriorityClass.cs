using Sampan.Api.Meta.V1;

namespace Sampan.Api.Scheduling.V1;

/// <summary>A named rank: pods of a higher one are scheduled first and may displace lower ones.</summary>
[ApiType("io.k8s.api.scheduling.v1.PriorityClass")]
[Kind("scheduling.k8s.io", "v1", Plural = "priorityclasses", Singular = "priorityclass", ShortNames = ["pc"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class PriorityClass : IObject<PriorityClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("value", 2, Always = true, Default = "0")]
    public int Value { get; set; }

    [Field("globalDefault", 3)]
    public bool GlobalDefault { get; set; }

    [Field("description", 4)]
    public string? Description { get; set; }

    [Field("preemptionPolicy", 5, Pointer = true)]
    public string? PreemptionPolicy { get; set; }
}

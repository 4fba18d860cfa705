namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>The pods of a group are placed together or not at all.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.GangSchedulingPolicy")]
public sealed partial class GangSchedulingPolicy : IApiType<GangSchedulingPolicy>
{
    /// <summary>How many pods must find a place at the same time for any to be placed; at least 1.</summary>
    [Field("minCount", 1, Required = true)]
    public int MinCount { get; set; }
}

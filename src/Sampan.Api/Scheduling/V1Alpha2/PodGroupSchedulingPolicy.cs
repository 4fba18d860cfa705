namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>How the pods of a group are placed; exactly one of its fields is set.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroupSchedulingPolicy", Unions = "[{\"fields-to-discriminateBy\":{\"basic\":\"Basic\",\"gang\":\"Gang\"}}]")]
public sealed partial class PodGroupSchedulingPolicy : IApiType<PodGroupSchedulingPolicy>
{
    /// <summary>Pods are placed one by one.</summary>
    [Field("basic", 1)]
    public BasicSchedulingPolicy? Basic { get; set; }

    /// <summary>Pods are placed together or not at all.</summary>
    [Field("gang", 2)]
    public GangSchedulingPolicy? Gang { get; set; }
}

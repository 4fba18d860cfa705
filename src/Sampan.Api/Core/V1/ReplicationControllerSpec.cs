namespace Sampan.Api.Core.V1;

/// <summary>How many pods a ReplicationController keeps, which ones, and how it makes them.</summary>
[ApiType("io.k8s.api.core.v1.ReplicationControllerSpec")]
public sealed partial class ReplicationControllerSpec : IApiType<ReplicationControllerSpec>
{
    /// <summary>Number of pods to keep; 1 by default.</summary>
    [Field("replicas", 1, Default = "1")]
    public int? Replicas { get; set; }

    /// <summary>Seconds a new pod must be ready for before it counts as available; 0 by default.</summary>
    [Field("minReadySeconds", 4, Default = "0")]
    public int MinReadySeconds { get; set; }

    /// <summary>Labels of the pods to count; the template must carry them, and its own labels are used when absent.</summary>
    [Field("selector", 2, MapType = "atomic")]
    public Dictionary<string, string>? Selector { get; set; }

    /// <summary>The pod to make when there are too few; its restart policy must be Always.</summary>
    [Field("template", 3)]
    public PodTemplateSpec? Template { get; set; }
}

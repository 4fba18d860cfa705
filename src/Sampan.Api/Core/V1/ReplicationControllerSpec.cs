namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ReplicationControllerSpec")]
public sealed partial class ReplicationControllerSpec : IApiType<ReplicationControllerSpec>
{
    [Field("replicas", 1, Default = "1")]
    public int? Replicas { get; set; }

    [Field("minReadySeconds", 4, Default = "0")]
    public int MinReadySeconds { get; set; }

    [Field("selector", 2, MapType = "atomic")]
    public Dictionary<string, string>? Selector { get; set; }

    [Field("template", 3)]
    public PodTemplateSpec? Template { get; set; }
}

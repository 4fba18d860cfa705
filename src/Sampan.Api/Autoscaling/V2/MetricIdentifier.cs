using Sampan.Api.Meta.V1;

namespace Sampan.Api.Autoscaling.V2;

[ApiType("io.k8s.api.autoscaling.v2.MetricIdentifier")]
public sealed partial class MetricIdentifier : IApiType<MetricIdentifier>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("selector", 2)]
    public LabelSelector? Selector { get; set; }
}

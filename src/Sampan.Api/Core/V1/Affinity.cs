namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.Affinity")]
public sealed partial class Affinity : IApiType<Affinity>
{
    [Field("nodeAffinity", 1)]
    public NodeAffinity? NodeAffinity { get; set; }

    [Field("podAffinity", 2)]
    public PodAffinity? PodAffinity { get; set; }

    [Field("podAntiAffinity", 3)]
    public PodAntiAffinity? PodAntiAffinity { get; set; }
}

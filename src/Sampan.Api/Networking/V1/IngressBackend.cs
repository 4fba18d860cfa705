using Sampan.Api.Core.V1;

namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IngressBackend")]
public sealed partial class IngressBackend : IApiType<IngressBackend>
{
    [Field("service", 4)]
    public IngressServiceBackend? Service { get; set; }

    [Field("resource", 3)]
    public TypedLocalObjectReference? Resource { get; set; }
}

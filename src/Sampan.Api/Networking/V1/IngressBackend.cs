using Sampan.Api.Core.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>Where requests go: a Service or another object, not both.</summary>
[ApiType("io.k8s.api.networking.v1.IngressBackend")]
public sealed partial class IngressBackend : IApiType<IngressBackend>
{
    /// <summary>A Service of the Ingress's namespace and one of its ports.</summary>
    [Field("service", 4)]
    public IngressServiceBackend? Service { get; set; }

    /// <summary>An object of another kind in the same namespace that the controller knows how to serve.</summary>
    [Field("resource", 3)]
    public TypedLocalObjectReference? Resource { get; set; }
}

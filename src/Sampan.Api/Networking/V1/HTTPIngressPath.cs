namespace Sampan.Api.Networking.V1;

/// <summary>Sends the requests for a path to a backend.</summary>
[ApiType("io.k8s.api.networking.v1.HTTPIngressPath")]
public sealed partial class HTTPIngressPath : IApiType<HTTPIngressPath>
{
    /// <summary>The path to match, beginning with a slash; how it is compared says pathType.</summary>
    [Field("path", 1)]
    public string? Path { get; set; }

    /// <summary>
    /// Exact compares the whole path, Prefix its elements between slashes, ImplementationSpecific is up to the controller.
    /// </summary>
    [Field("pathType", 3, Required = true, Always = true, Pointer = true)]
    public string? PathType { get; set; }

    /// <summary>Where the requests go.</summary>
    [Field("backend", 2, Required = true)]
    public IngressBackend Backend { get; set; } = new();
}

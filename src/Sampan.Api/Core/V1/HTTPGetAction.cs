namespace Sampan.Api.Core.V1;

/// <summary>An HTTP GET request to a container; a status from 200 to 399 means success.</summary>
[ApiType("io.k8s.api.core.v1.HTTPGetAction")]
public sealed partial class HTTPGetAction : IApiType<HTTPGetAction>
{
    /// <summary>Path to request; / when absent.</summary>
    [Field("path", 1)]
    public string? Path { get; set; }

    /// <summary>Port number, or name of a port of the container, to connect to.</summary>
    [Field("port", 2, Required = true)]
    public IntOrString Port { get; set; }

    /// <summary>Host to connect to; the pod's address when absent. For a virtual host, set a Host header instead.</summary>
    [Field("host", 3)]
    public string? Host { get; set; }

    /// <summary>HTTP (the default) or HTTPS; certificates are not verified.</summary>
    [Field("scheme", 4)]
    public string? Scheme { get; set; }

    /// <summary>Headers to send along; the same one may occur several times.</summary>
    [Field("httpHeaders", 5, ListType = "atomic")]
    public List<HTTPHeader>? HttpHeaders { get; set; }
}

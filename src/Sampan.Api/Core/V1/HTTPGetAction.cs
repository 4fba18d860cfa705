namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.HTTPGetAction")]
public sealed partial class HTTPGetAction : IApiType<HTTPGetAction>
{
    [Field("path", 1)]
    public string? Path { get; set; }

    [Field("port", 2, Required = true)]
    public IntOrString Port { get; set; }

    [Field("host", 3)]
    public string? Host { get; set; }

    [Field("scheme", 4)]
    public string? Scheme { get; set; }

    [Field("httpHeaders", 5, ListType = "atomic")]
    public List<HTTPHeader>? HttpHeaders { get; set; }
}

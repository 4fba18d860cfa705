namespace Sampan.Api.FlowControl.V1;

/// <summary>A service account, or all of a namespace.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.ServiceAccountSubject")]
public sealed partial class ServiceAccountSubject : IApiType<ServiceAccountSubject>
{
    /// <summary>The service account's namespace.</summary>
    [Field("namespace", 1, Required = true)]
    public string Namespace { get; set; } = "";

    /// <summary>The service account's name, or an asterisk for every one of the namespace.</summary>
    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";
}

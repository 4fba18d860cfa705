namespace Sampan.Api.ApiRegistration.V1;

[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference")]
public sealed partial class ServiceReference : IApiType<ServiceReference>
{
    [Field("namespace", 1)]
    public string? Namespace { get; set; }

    [Field("name", 2)]
    public string? Name { get; set; }

    [Field("port", 3)]
    public int? Port { get; set; }
}

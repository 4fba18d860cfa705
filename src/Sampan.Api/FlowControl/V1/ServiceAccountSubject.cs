namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.ServiceAccountSubject")]
public sealed partial class ServiceAccountSubject : IApiType<ServiceAccountSubject>
{
    [Field("namespace", 1, Required = true)]
    public string Namespace { get; set; } = "";

    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";
}

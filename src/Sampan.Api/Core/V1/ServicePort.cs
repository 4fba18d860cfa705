namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ServicePort")]
public sealed partial class ServicePort : IApiType<ServicePort>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("protocol", 2, Default = "TCP")]
    public string? Protocol { get; set; }

    [Field("appProtocol", 6, Pointer = true)]
    public string? AppProtocol { get; set; }

    [Field("port", 3, Required = true)]
    public int Port { get; set; }

    [Field("targetPort", 4)]
    public IntOrString TargetPort { get; set; }

    [Field("nodePort", 5)]
    public int NodePort { get; set; }
}

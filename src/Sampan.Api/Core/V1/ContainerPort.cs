namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerPort")]
public sealed partial class ContainerPort : IApiType<ContainerPort>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("hostPort", 2)]
    public int HostPort { get; set; }

    [Field("containerPort", 3, Required = true)]
    public int ContainerPortValue { get; set; }

    [Field("protocol", 4, Default = "TCP")]
    public string? Protocol { get; set; }

    [Field("hostIP", 5)]
    public string? HostIP { get; set; }
}

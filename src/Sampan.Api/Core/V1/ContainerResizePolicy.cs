namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerResizePolicy")]
public sealed partial class ContainerResizePolicy : IApiType<ContainerResizePolicy>
{
    [Field("resourceName", 1, Required = true)]
    public string ResourceName { get; set; } = "";

    [Field("restartPolicy", 2, Required = true)]
    public string RestartPolicy { get; set; } = "";
}

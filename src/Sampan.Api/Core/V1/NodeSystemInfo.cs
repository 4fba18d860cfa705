namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NodeSystemInfo")]
public sealed partial class NodeSystemInfo : IApiType<NodeSystemInfo>
{
    [Field("machineID", 1, Required = true)]
    public string MachineID { get; set; } = "";

    [Field("systemUUID", 2, Required = true)]
    public string SystemUUID { get; set; } = "";

    [Field("bootID", 3, Required = true)]
    public string BootID { get; set; } = "";

    [Field("kernelVersion", 4, Required = true)]
    public string KernelVersion { get; set; } = "";

    [Field("osImage", 5, Required = true)]
    public string OsImage { get; set; } = "";

    [Field("containerRuntimeVersion", 6, Required = true)]
    public string ContainerRuntimeVersion { get; set; } = "";

    [Field("kubeletVersion", 7, Required = true)]
    public string KubeletVersion { get; set; } = "";

    [Field("kubeProxyVersion", 8, Required = true)]
    public string KubeProxyVersion { get; set; } = "";

    [Field("operatingSystem", 9, Required = true)]
    public string OperatingSystem { get; set; } = "";

    [Field("architecture", 10, Required = true)]
    public string Architecture { get; set; } = "";

    [Field("swap", 11)]
    public NodeSwapStatus? Swap { get; set; }
}

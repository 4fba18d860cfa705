namespace Sampan.Api.Core.V1;

/// <summary>Versions and identifiers of a node's machine, kernel and software.</summary>
[ApiType("io.k8s.api.core.v1.NodeSystemInfo")]
public sealed partial class NodeSystemInfo : IApiType<NodeSystemInfo>
{
    /// <summary>Content of /etc/machine-id; the best way to tell machines of a cluster apart.</summary>
    [Field("machineID", 1, Required = true)]
    public string MachineID { get; set; } = "";

    /// <summary>UUID of the hardware or virtual machine, as its firmware gives it.</summary>
    [Field("systemUUID", 2, Required = true)]
    public string SystemUUID { get; set; } = "";

    /// <summary>Identifier that changes with every boot.</summary>
    [Field("bootID", 3, Required = true)]
    public string BootID { get; set; } = "";

    /// <summary>Kernel release as uname -r prints it, such as 6.8.0-45-generic.</summary>
    [Field("kernelVersion", 4, Required = true)]
    public string KernelVersion { get; set; } = "";

    /// <summary>Distribution and version, such as Debian GNU/Linux 12 (bookworm).</summary>
    [Field("osImage", 5, Required = true)]
    public string OsImage { get; set; } = "";

    /// <summary>Container runtime and its version, such as containerd://2.1.0.</summary>
    [Field("containerRuntimeVersion", 6, Required = true)]
    public string ContainerRuntimeVersion { get; set; } = "";

    /// <summary>Version of the kubelet, such as v1.36.0.</summary>
    [Field("kubeletVersion", 7, Required = true)]
    public string KubeletVersion { get; set; } = "";

    /// <summary>Formerly the version of kube-proxy; deprecated, empty.</summary>
    [Field("kubeProxyVersion", 8, Required = true)]
    public string KubeProxyVersion { get; set; } = "";

    /// <summary>Operating system family of the node: linux or windows.</summary>
    [Field("operatingSystem", 9, Required = true)]
    public string OperatingSystem { get; set; } = "";

    /// <summary>Processor architecture, such as amd64 or arm64.</summary>
    [Field("architecture", 10, Required = true)]
    public string Architecture { get; set; } = "";

    /// <summary>Swap space that the node has.</summary>
    [Field("swap", 11)]
    public NodeSwapStatus? Swap { get; set; }
}

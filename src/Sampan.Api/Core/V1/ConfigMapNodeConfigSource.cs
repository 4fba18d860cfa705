namespace Sampan.Api.Core.V1;

/// <summary>A ConfigMap that once supplied a kubelet's configuration; dynamic configuration no longer exists.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMapNodeConfigSource")]
public sealed partial class ConfigMapNodeConfigSource : IApiType<ConfigMapNodeConfigSource>
{
    /// <summary>Namespace of the ConfigMap with the configuration.</summary>
    [Field("namespace", 1, Required = true)]
    public string Namespace { get; set; } = "";

    /// <summary>ConfigMap with the configuration.</summary>
    [Field("name", 2, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Identity of the ConfigMap that was used; only allowed in a node's status.</summary>
    [Field("uid", 3)]
    public string? Uid { get; set; }

    /// <summary>Version of the ConfigMap that was used; only allowed in a node's status.</summary>
    [Field("resourceVersion", 4)]
    public string? ResourceVersion { get; set; }

    /// <summary>Entry of the ConfigMap that holds the kubelet's configuration.</summary>
    [Field("kubeletConfigKey", 5, Required = true)]
    public string KubeletConfigKey { get; set; } = "";
}

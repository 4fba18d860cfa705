namespace Sampan.Api.Core.V1;

/// <summary>One entry of a ConfigMap in the pod's namespace.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMapKeySelector", MapType = "atomic")]
public sealed partial class ConfigMapKeySelector : IApiType<ConfigMapKeySelector>
{
    /// <summary>ConfigMap to read, in the pod's own namespace.</summary>
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    /// <summary>Entry of the ConfigMap's data whose text is used.</summary>
    [Field("key", 2, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>If true, the variable is left out when the ConfigMap or its entry does not exist; otherwise the container waits.</summary>
    [Field("optional", 3)]
    public bool? Optional { get; set; }
}

namespace Sampan.Api.Core.V1;

/// <summary>Entries of a ConfigMap as files of a projected volume.</summary>
[ApiType("io.k8s.api.core.v1.ConfigMapProjection")]
public sealed partial class ConfigMapProjection : IApiType<ConfigMapProjection>
{
    /// <summary>ConfigMap to take the files from, in the pod's own namespace.</summary>
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    /// <summary>Keys to project and the files they become; every key under its own name when empty.</summary>
    [Field("items", 2, ListType = "atomic")]
    public List<KeyToPath>? Items { get; set; }

    /// <summary>If true, a missing ConfigMap or entry does not stop the pod from starting.</summary>
    [Field("optional", 4)]
    public bool? Optional { get; set; }
}

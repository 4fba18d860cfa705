namespace Sampan.Api.Core.V1;

/// <summary>One entry of a Secret that lives beside the pod in its namespace.</summary>
[ApiType("io.k8s.api.core.v1.SecretKeySelector", MapType = "atomic")]
public sealed partial class SecretKeySelector : IApiType<SecretKeySelector>
{
    /// <summary>Secret to read, in the pod's own namespace.</summary>
    [Field("name", 1, Embedded = [1], Default = "")]
    public string? Name { get; set; }

    /// <summary>Entry of the Secret's data whose value is used.</summary>
    [Field("key", 2, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>If true, the variable is left out when the Secret or its entry does not exist; otherwise the container waits.</summary>
    [Field("optional", 3)]
    public bool? Optional { get; set; }
}

namespace Sampan.Api.Core.V1;

/// <summary>A kernel parameter to set for a pod.</summary>
[ApiType("io.k8s.api.core.v1.Sysctl")]
public sealed partial class Sysctl : IApiType<Sysctl>
{
    /// <summary>Which parameter it is, such as net.core.somaxconn.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>What the parameter is set to, as text.</summary>
    [Field("value", 2, Required = true)]
    public string Value { get; set; } = "";
}

namespace Sampan.Api.Discovery.V1;

/// <summary>A node that a backend is meant for.</summary>
[ApiType("io.k8s.api.discovery.v1.ForNode")]
public sealed partial class ForNode : IApiType<ForNode>
{
    /// <summary>The node, by the name of its Node object.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}

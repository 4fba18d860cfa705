namespace Sampan.Api.Networking.V1;

/// <summary>The object that holds a class's settings.</summary>
[ApiType("io.k8s.api.networking.v1.IngressClassParametersReference")]
public sealed partial class IngressClassParametersReference : IApiType<IngressClassParametersReference>
{
    /// <summary>The API group of the object; empty for the core group.</summary>
    [Field("apiGroup", 1, Pointer = true)]
    public string? ApiGroup { get; set; }

    /// <summary>The object's kind.</summary>
    [Field("kind", 2, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>The object's name.</summary>
    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Cluster (the default) or Namespace: where the object lives.</summary>
    [Field("scope", 4, Pointer = true)]
    public string? Scope { get; set; }

    /// <summary>The object's namespace; required with scope Namespace and not allowed with Cluster.</summary>
    [Field("namespace", 5, Pointer = true)]
    public string? Namespace { get; set; }
}

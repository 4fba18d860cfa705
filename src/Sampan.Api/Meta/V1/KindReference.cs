namespace Sampan.Api.Meta.V1;

/// <summary>Names a kind by group, version and kind.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionKind")]
public sealed partial class KindReference : IApiType<KindReference>
{
    /// <summary>The API group; empty for the core group.</summary>
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    /// <summary>The version, such as v1.</summary>
    [Field("version", 2, Required = true)]
    public string Version { get; set; } = "";

    /// <summary>The kind, such as Pod.</summary>
    [Field("kind", 3, Required = true)]
    public string Kind { get; set; } = "";
}

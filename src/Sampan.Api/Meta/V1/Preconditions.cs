namespace Sampan.Api.Meta.V1;

/// <summary>What must hold for a deletion to happen.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Preconditions")]
public sealed partial class Preconditions : IApiType<Preconditions>
{
    /// <summary>The UID that the object must have.</summary>
    [Field("uid", 1, Pointer = true)]
    public string? Uid { get; set; }

    /// <summary>The resource version that the object must have.</summary>
    [Field("resourceVersion", 2, Pointer = true)]
    public string? ResourceVersion { get; set; }
}

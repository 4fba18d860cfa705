namespace Sampan.Api.Meta.V1;

/// <summary>What a client may ask for when it reads one object.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GetOptions")]
[Kind("", "v1")]
public sealed partial class GetOptions : ITyped<GetOptions>
{
    /// <summary>How fresh the answer must be: absent for the newest, 0 for whatever is at hand, else at least this version.</summary>
    [Field("resourceVersion", 1)]
    public string? ResourceVersion { get; set; }
}

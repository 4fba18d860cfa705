namespace Sampan.Api.Core.V1;

/// <summary>The rules of a LimitRange.</summary>
[ApiType("io.k8s.api.core.v1.LimitRangeSpec")]
public sealed partial class LimitRangeSpec : IApiType<LimitRangeSpec>
{
    /// <summary>Rules to enforce when objects are created or changed, one per kind of object.</summary>
    [Field("limits", 1, Required = true, ListType = "atomic")]
    public List<LimitRangeItem> Limits { get; set; } = [];
}

using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Lower and upper bounds, and defaults, of what one pod, container or claim in the namespace may ask for.</summary>
[ApiType("io.k8s.api.core.v1.LimitRange")]
[Kind("", "v1", Plural = "limitranges", Singular = "limitrange", Namespaced = true, ShortNames = ["limits"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class LimitRange : IObject<LimitRange>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Bounds and defaults for the resources of objects in the namespace.</summary>
    [Field("spec", 2)]
    public LimitRangeSpec Spec { get; set; } = new();
}

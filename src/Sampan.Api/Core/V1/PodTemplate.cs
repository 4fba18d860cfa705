using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A stored pattern from which pods can be made.</summary>
[ApiType("io.k8s.api.core.v1.PodTemplate")]
[Kind("", "v1", Plural = "podtemplates", Singular = "podtemplate", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class PodTemplate : IObject<PodTemplate>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The pod to make from the template.</summary>
    [Field("template", 2)]
    public PodTemplateSpec Template { get; set; } = new();
}

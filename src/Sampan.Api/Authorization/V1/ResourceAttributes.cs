namespace Sampan.Api.Authorization.V1;

/// <summary>A request for a resource, as authorization sees it.</summary>
[ApiType("io.k8s.api.authorization.v1.ResourceAttributes")]
public sealed partial class ResourceAttributes : IApiType<ResourceAttributes>
{
    /// <summary>Namespace acted in; empty for cluster-wide resources, or for all namespaces at once.</summary>
    [Field("namespace", 1)]
    public string? Namespace { get; set; }

    /// <summary>Verb such as get, list, watch, create, update, patch or delete; * asks for every verb.</summary>
    [Field("verb", 2)]
    public string? Verb { get; set; }

    /// <summary>API group, empty for the core group; * asks for every group.</summary>
    [Field("group", 3)]
    public string? Group { get; set; }

    /// <summary>API version, such as v1; seldom matters to the verdict, * asks for every version.</summary>
    [Field("version", 4)]
    public string? Version { get; set; }

    /// <summary>Plural name of the resource, such as pods; * asks for every one.</summary>
    [Field("resource", 5)]
    public string? Resource { get; set; }

    /// <summary>Endpoint such as log or status; empty for the resource itself.</summary>
    [Field("subresource", 6)]
    public string? Subresource { get; set; }

    /// <summary>Object acted on; empty asks about all objects.</summary>
    [Field("name", 7)]
    public string? Name { get; set; }

    /// <summary>Limits a list, watch or collection delete to objects with certain field values.</summary>
    [Field("fieldSelector", 8)]
    public FieldSelectorAttributes? FieldSelector { get; set; }

    /// <summary>Limits a list, watch or collection delete to objects with certain labels.</summary>
    [Field("labelSelector", 9)]
    public LabelSelectorAttributes? LabelSelector { get; set; }
}

namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.ResourceAttributes")]
public sealed partial class ResourceAttributes : IApiType<ResourceAttributes>
{
    [Field("namespace", 1)]
    public string? Namespace { get; set; }

    [Field("verb", 2)]
    public string? Verb { get; set; }

    [Field("group", 3)]
    public string? Group { get; set; }

    [Field("version", 4)]
    public string? Version { get; set; }

    [Field("resource", 5)]
    public string? Resource { get; set; }

    [Field("subresource", 6)]
    public string? Subresource { get; set; }

    [Field("name", 7)]
    public string? Name { get; set; }

    [Field("fieldSelector", 8)]
    public FieldSelectorAttributes? FieldSelector { get; set; }

    [Field("labelSelector", 9)]
    public LabelSelectorAttributes? LabelSelector { get; set; }
}

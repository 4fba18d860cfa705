namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.ResourceRule")]
public sealed partial class ResourceRule : IApiType<ResourceRule>
{
    [Field("verbs", 1, Required = true, ListType = "atomic")]
    public List<string> Verbs { get; set; } = [];

    [Field("apiGroups", 2, ListType = "atomic")]
    public List<string>? ApiGroups { get; set; }

    [Field("resources", 3, ListType = "atomic")]
    public List<string>? Resources { get; set; }

    [Field("resourceNames", 4, ListType = "atomic")]
    public List<string>? ResourceNames { get; set; }
}

namespace Sampan.Api.Networking.V1Beta1;

[ApiType("io.k8s.api.networking.v1beta1.ParentReference")]
public sealed partial class ParentReference : IApiType<ParentReference>
{
    [Field("group", 1)]
    public string? Group { get; set; }

    [Field("resource", 2, Required = true, OmitEmpty = true)]
    public string Resource { get; set; } = "";

    [Field("namespace", 3)]
    public string? Namespace { get; set; }

    [Field("name", 4, Required = true, OmitEmpty = true)]
    public string Name { get; set; } = "";
}

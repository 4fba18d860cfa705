namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry")]
public sealed partial class ManagedFieldsEntry : IApiType<ManagedFieldsEntry>
{
    [Field("manager", 1)]
    public string? Manager { get; set; }

    [Field("operation", 2)]
    public string? Operation { get; set; }

    [Field("apiVersion", 3)]
    public string? ApiVersion { get; set; }

    [Field("time", 4, Pointer = true)]
    public Time? Time { get; set; }

    [Field("fieldsType", 6)]
    public string? FieldsType { get; set; }

    [Field("fieldsV1", 7)]
    public FieldsV1? FieldsV1 { get; set; }

    [Field("subresource", 8)]
    public string? Subresource { get; set; }
}

namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause")]
public sealed partial class StatusCause : IApiType<StatusCause>
{
    [Field("reason", 1)]
    public string? Reason { get; set; }

    [Field("message", 2)]
    public string? Message { get; set; }

    [Field("field", 3)]
    public string? Field { get; set; }
}

namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails")]
public sealed partial class StatusDetails : IApiType<StatusDetails>
{
    [Field("name", 1)]
    public string? Name { get; set; }

    [Field("group", 2)]
    public string? Group { get; set; }

    [Field("kind", 3)]
    public string? Kind { get; set; }

    [Field("uid", 6)]
    public string? Uid { get; set; }

    [Field("causes", 4, ListType = "atomic")]
    public List<StatusCause>? Causes { get; set; }

    [Field("retryAfterSeconds", 5)]
    public int RetryAfterSeconds { get; set; }
}

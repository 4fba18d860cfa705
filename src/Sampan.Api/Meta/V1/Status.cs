namespace Sampan.Api.Meta.V1;

/// <summary>The outcome of a request that returns no object: most often an error with its reason.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Status")]
[Kind("", "v1")]
public sealed partial class Status : ITyped<Status>
{
    [Field("metadata", 1)]
    public ListMeta Metadata { get; set; } = new();

    [Field("status", 2)]
    public string? StatusValue { get; set; }

    [Field("message", 3)]
    public string? Message { get; set; }

    [Field("reason", 4)]
    public string? Reason { get; set; }

    [Field("details", 5)]
    public StatusDetails? Details { get; set; }

    [Field("code", 6)]
    public int Code { get; set; }
}

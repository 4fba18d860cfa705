namespace Sampan.Api.Meta.V1;

/// <summary>The outcome of a request that returns no object: most often an error with its reason.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Status")]
[Kind("", "v1")]
public sealed partial class Status : ITyped<Status>
{
    [Field("metadata", 1)]
    public ListMeta Metadata { get; set; } = new();

    /// <summary>Success or Failure.</summary>
    [Field("status", 2)]
    public string? StatusValue { get; set; }

    /// <summary>What happened, in words for people.</summary>
    [Field("message", 3)]
    public string? Message { get; set; }

    /// <summary>What kind of failure it is, as one word for machines, such as NotFound or Conflict.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>Which object it concerns and what exactly is wrong, where that is known.</summary>
    [Field("details", 5)]
    public StatusDetails? Details { get; set; }

    /// <summary>The HTTP status code; 0 when unknown.</summary>
    [Field("code", 6)]
    public int Code { get; set; }
}

namespace Sampan.Api.Meta.V1;

/// <summary>The object that a failure concerns, and its causes.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails")]
public sealed partial class StatusDetails : IApiType<StatusDetails>
{
    /// <summary>The object's name.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>The API group of the object.</summary>
    [Field("group", 2)]
    public string? Group { get; set; }

    /// <summary>The object's kind, in some failures its resource.</summary>
    [Field("kind", 3)]
    public string? Kind { get; set; }

    /// <summary>The object's UID, where there is a single one.</summary>
    [Field("uid", 6)]
    public string? Uid { get; set; }

    /// <summary>What is wrong with the object, point by point.</summary>
    [Field("causes", 4, ListType = "atomic")]
    public List<StatusCause>? Causes { get; set; }

    /// <summary>Seconds to wait before the request is tried again; with it other actions may be impossible meanwhile.</summary>
    [Field("retryAfterSeconds", 5)]
    public int RetryAfterSeconds { get; set; }
}

namespace Sampan.Api.Meta.V1;

/// <summary>One of several reasons for a failure.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause")]
public sealed partial class StatusCause : IApiType<StatusCause>
{
    /// <summary>What kind of cause it is, as one word for machines, such as FieldValueRequired.</summary>
    [Field("reason", 1)]
    public string? Reason { get; set; }

    /// <summary>What is wrong, in words for people.</summary>
    [Field("message", 2)]
    public string? Message { get; set; }

    /// <summary>Which field is wrong, by its path, such as spec.containers[0].image.</summary>
    [Field("field", 3)]
    public string? Field { get; set; }
}

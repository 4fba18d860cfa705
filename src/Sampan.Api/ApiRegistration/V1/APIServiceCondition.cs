namespace Sampan.Api.ApiRegistration.V1;

/// <summary>One aspect of an APIService's state.</summary>
[ApiType("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition")]
public sealed partial class APIServiceCondition : IApiType<APIServiceCondition>
{
    /// <summary>Aspect the entry is about; Available tells whether the server answers.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>True, False, or Unknown if it could not be found out.</summary>
    [Field("status", 2, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>When the status became what it is.</summary>
    [Field("lastTransitionTime", 3)]
    public Time? LastTransitionTime { get; set; }

    /// <summary>Cause in one CamelCase word, such as Local, Passed or FailedDiscoveryCheck.</summary>
    [Field("reason", 4)]
    public string? Reason { get; set; }

    /// <summary>The cause in words, for people.</summary>
    [Field("message", 5)]
    public string? Message { get; set; }
}

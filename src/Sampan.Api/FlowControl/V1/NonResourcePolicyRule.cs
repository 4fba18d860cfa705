namespace Sampan.Api.FlowControl.V1;

/// <summary>Requests for paths that are no resources, by verb and path.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.NonResourcePolicyRule")]
public sealed partial class NonResourcePolicyRule : IApiType<NonResourcePolicyRule>
{
    /// <summary>Verbs that match, or a single asterisk for all.</summary>
    [Field("verbs", 1, Required = true, ListType = "set")]
    public List<string> Verbs { get; set; } = [];

    /// <summary>Paths that match, such as /healthz or /metrics/*; a single asterisk stands for all.</summary>
    [Field("nonResourceURLs", 6, Required = true, ListType = "set")]
    public List<string> NonResourceURLs { get; set; } = [];
}

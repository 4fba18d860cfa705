using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingWebhook")]
public sealed partial class ValidatingWebhook : IApiType<ValidatingWebhook>, IWebhook
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("clientConfig", 2, Required = true)]
    public WebhookClientConfig ClientConfig { get; set; } = new();

    [Field("rules", 3, ListType = "atomic")]
    public List<RuleWithOperations>? Rules { get; set; }

    [Field("failurePolicy", 4, Pointer = true)]
    public string? FailurePolicy { get; set; }

    [Field("matchPolicy", 9, Pointer = true)]
    public string? MatchPolicy { get; set; }

    [Field("namespaceSelector", 5)]
    public LabelSelector? NamespaceSelector { get; set; }

    [Field("objectSelector", 10)]
    public LabelSelector? ObjectSelector { get; set; }

    [Field("sideEffects", 6, Required = true, Always = true, Pointer = true)]
    public string? SideEffects { get; set; }

    [Field("timeoutSeconds", 7)]
    public int? TimeoutSeconds { get; set; }

    [Field("admissionReviewVersions", 8, Required = true, ListType = "atomic")]
    public List<string> AdmissionReviewVersions { get; set; } = [];

    [Field("matchConditions", 11, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MatchCondition>? MatchConditions { get; set; }
}

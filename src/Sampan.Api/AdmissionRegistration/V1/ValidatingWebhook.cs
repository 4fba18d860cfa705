using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>An HTTPS endpoint that may reject requests but not change them.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingWebhook")]
public sealed partial class ValidatingWebhook : IApiType<ValidatingWebhook>, IWebhook
{
    /// <summary>Fully qualified name such as images.example.com, unique among the webhooks of its configuration.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Address of the webhook and the CA its certificate is checked with.</summary>
    [Field("clientConfig", 2, Required = true)]
    public WebhookClientConfig ClientConfig { get; set; } = new();

    /// <summary>Operations and resources to send; a request goes out if any rule fits. Never applied to webhook configurations.</summary>
    [Field("rules", 3, ListType = "atomic")]
    public List<RuleWithOperations>? Rules { get; set; }

    /// <summary>Fail or Ignore: whether a call that errors or times out rejects the request; default Fail.</summary>
    [Field("failurePolicy", 4, Pointer = true)]
    public string? FailurePolicy { get; set; }

    /// <summary>
    /// Exact takes the rules' versions literally; Equivalent, the default, also catches the same resource under another version.
    /// </summary>
    [Field("matchPolicy", 9, Pointer = true)]
    public string? MatchPolicy { get; set; }

    /// <summary>
    /// Only objects in namespaces with these labels are sent; empty sends all, and cluster-wide kinds except Namespace are not filtered.
    /// </summary>
    [Field("namespaceSelector", 5)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>Only objects that have these labels before or after the change are sent; can be evaded by relabelling.</summary>
    [Field("objectSelector", 10)]
    public LabelSelector? ObjectSelector { get; set; }

    /// <summary>None, or NoneOnDryRun when only real requests make the webhook change something elsewhere.</summary>
    [Field("sideEffects", 6, Required = true, Always = true, Pointer = true)]
    public string? SideEffects { get; set; }

    /// <summary>How long the call may take, 1 to 30 seconds, 10 by default; then the failure policy applies.</summary>
    [Field("timeoutSeconds", 7)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>AdmissionReview versions to talk in, in order of preference; calls fail if the server supports none of them.</summary>
    [Field("admissionReviewVersions", 8, Required = true, ListType = "atomic")]
    public List<string> AdmissionReviewVersions { get; set; } = [];

    /// <summary>At most 64 CEL tests; a false one keeps the request from being sent.</summary>
    [Field("matchConditions", 11, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MatchCondition>? MatchConditions { get; set; }
}

using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>An HTTPS endpoint that may change or reject objects before they are stored.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingWebhook")]
public sealed partial class MutatingWebhook : IApiType<MutatingWebhook>, IWebhook
{
    /// <summary>Fully qualified name of the webhook, such as sidecar.example.com; unique in its configuration.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>How the API server reaches the webhook, and how it checks its certificate.</summary>
    [Field("clientConfig", 2, Required = true)]
    public WebhookClientConfig ClientConfig { get; set; } = new();

    /// <summary>
    /// Requests that are sent to the webhook; one matching rule is enough. Webhook configurations themselves are never sent.
    /// </summary>
    [Field("rules", 3, ListType = "atomic")]
    public List<RuleWithOperations>? Rules { get; set; }

    /// <summary>What an unreachable or failing webhook does to the request: Fail rejects it (default), Ignore lets it pass.</summary>
    [Field("failurePolicy", 4, Pointer = true)]
    public string? FailurePolicy { get; set; }

    /// <summary>
    /// Whether requests through other versions of a listed resource count: Equivalent, they are converted first (default), or Exact, they
    /// do not.
    /// </summary>
    [Field("matchPolicy", 9, Pointer = true)]
    public string? MatchPolicy { get; set; }

    /// <summary>
    /// Labels of the namespaces whose objects are sent; empty means all. Cluster-wide objects other than namespaces are always sent.
    /// </summary>
    [Field("namespaceSelector", 5)]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>
    /// Labels the old or new object must carry to be sent; as users can change labels, fit only for webhooks one opts into.
    /// </summary>
    [Field("objectSelector", 11)]
    public LabelSelector? ObjectSelector { get; set; }

    /// <summary>Whether a call changes anything outside the object: None, or NoneOnDryRun if it refrains on dry runs.</summary>
    [Field("sideEffects", 6, Required = true, Always = true, Pointer = true)]
    public string? SideEffects { get; set; }

    /// <summary>Seconds to wait for the answer before the failure policy decides; 1 to 30, default 10.</summary>
    [Field("timeoutSeconds", 7)]
    public int? TimeoutSeconds { get; set; }

    /// <summary>
    /// Versions of AdmissionReview the webhook understands, best first; the server uses the first that it knows too, such as v1.
    /// </summary>
    [Field("admissionReviewVersions", 8, Required = true, ListType = "atomic")]
    public List<string> AdmissionReviewVersions { get; set; } = [];

    /// <summary>
    /// Never: called once per request (default); IfNeeded: called again when a later step changed the object, so it must be idempotent.
    /// </summary>
    [Field("reinvocationPolicy", 10, Pointer = true)]
    public string? ReinvocationPolicy { get; set; }

    /// <summary>Up to 64 CEL tests, all of which must give true for the webhook to be called.</summary>
    [Field("matchConditions", 12, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MatchCondition>? MatchConditions { get; set; }
}

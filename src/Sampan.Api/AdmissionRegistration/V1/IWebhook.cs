using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>What validating and mutating webhooks have in common.</summary>
public interface IWebhook
{
    string Name { get; set; }

    WebhookClientConfig ClientConfig { get; set; }

    List<RuleWithOperations>? Rules { get; set; }

    string? FailurePolicy { get; set; }

    string? MatchPolicy { get; set; }

    LabelSelector? NamespaceSelector { get; set; }

    LabelSelector? ObjectSelector { get; set; }

    string? SideEffects { get; set; }

    int? TimeoutSeconds { get; set; }

    List<string> AdmissionReviewVersions { get; set; }

    List<MatchCondition>? MatchConditions { get; set; }
}

using Sampan.Api;
using Sampan.Api.Authorization.V1;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Authorization.Reviews;

/// <summary>Lists what a user may do in a namespace: POST …/selfsubjectrulesreviews.</summary>
internal sealed class RulesReviews(RbacAuthorizer rbac)
{
    public SelfSubjectRulesReview Create(UserInfo user, SelfSubjectRulesReview review)
    {
        if (review.Spec.Namespace is not { Length: > 0 } ns)
            throw StatusException.BadRequest("no namespace on request");
        var (rules, errors) = rbac.RulesFor(user, ns);
        var isNode = UserNames.NodeName(user) is not null;
        var texts = isNode ? [.. errors, "node authorizer does not support user rule resolution"] : errors;
        var answer = review.DeepClone();
        answer.Status = new SubjectRulesReviewStatus
        {
            ResourceRules = rules.Where(r => r.Resources is { Count: > 0 }).Select(ToResourceRule).ToList(),
            NonResourceRules = rules.Where(r => r.NonResourceURLs is { Count: > 0 }).Select(ToNonResourceRule).ToList(),
            Incomplete = isNode || errors.Count > 0,
            EvaluationError = texts.Count == 0 ? null : RbacAuthorizer.Aggregate(texts),
        };
        return answer;
    }

    private static ResourceRule ToResourceRule(PolicyRule rule) => new()
    {
        Verbs = rule.Verbs,
        ApiGroups = rule.ApiGroups,
        Resources = rule.Resources,
        ResourceNames = rule.ResourceNames,
    };

    private static NonResourceRule ToNonResourceRule(PolicyRule rule) =>
        new() { Verbs = rule.Verbs, NonResourceURLs = rule.NonResourceURLs };
}

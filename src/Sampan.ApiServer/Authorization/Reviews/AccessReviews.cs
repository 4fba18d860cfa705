using Sampan.Api;
using Sampan.Api.Authorization.V1;
using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Authorization.Reviews;

/// <summary>
/// Answers whether a user may do something: subjectaccessreviews, localsubjectaccessreviews, selfsubjectaccessreviews.
/// Upstream: pkg/registry/authorization.
/// </summary>
internal sealed class AccessReviews(IAuthorizer authorizer)
{
    private const string Group = "authorization.k8s.io";

    public async ValueTask<SubjectAccessReview> CreateAsync(SubjectAccessReview review, CancellationToken cancellationToken)
    {
        var errors = AccessReviewValidation.Validate(review.Spec);
        AccessReviewValidation.ValidateMetadata(errors, review.Metadata, "must be empty");
        Throw("SubjectAccessReview", errors);
        var answer = review.DeepClone();
        answer.Status = await AnswerAsync(
            UserOf(review.Spec), review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes, cancellationToken);
        return answer;
    }

    public async ValueTask<LocalSubjectAccessReview> CreateAsync(
        string ns, LocalSubjectAccessReview review, CancellationToken cancellationToken)
    {
        Throw("LocalSubjectAccessReview", AccessReviewValidation.Validate(review));
        if (review.Spec.ResourceAttributes?.Namespace != ns)
            throw StatusException.BadRequest($"spec.resourceAttributes.namespace must match namespace: {ns}");
        var answer = review.DeepClone();
        answer.Status = await AnswerAsync(UserOf(review.Spec), review.Spec.ResourceAttributes, null, cancellationToken);
        return answer;
    }

    public async ValueTask<SelfSubjectAccessReview> CreateAsync(
        UserInfo user, SelfSubjectAccessReview review, CancellationToken cancellationToken)
    {
        var errors = AccessReviewValidation.Validate(review.Spec);
        AccessReviewValidation.ValidateMetadata(errors, review.Metadata, "must be empty");
        Throw("SelfSubjectAccessReview", errors);
        var answer = review.DeepClone();
        answer.Status = await AnswerAsync(user, review.Spec.ResourceAttributes, review.Spec.NonResourceAttributes, cancellationToken);
        return answer;
    }

    private async ValueTask<SubjectAccessReviewStatus> AnswerAsync(
        UserInfo user, ResourceAttributes? resource, NonResourceAttributes? path, CancellationToken cancellationToken)
    {
        var question = resource is null
            ? AuthorizerAttributes.ForPath(user, path?.Verb ?? "", path?.Path ?? "")
            : OfResource(user, resource);
        var decision = await authorizer.AuthorizeAsync(question, cancellationToken);
        return new SubjectAccessReviewStatus
        {
            Allowed = decision.IsAllowed,
            Denied = decision.Kind == DecisionKind.Denied,
            Reason = decision.Reason.Length == 0 ? null : decision.Reason,
        };
    }

    private static AuthorizerAttributes OfResource(UserInfo user, ResourceAttributes resource) => new()
    {
        User = user,
        IsResourceRequest = true,
        Verb = resource.Verb ?? "",
        Namespace = resource.Namespace ?? "",
        ApiGroup = resource.Group ?? "",
        ApiVersion = resource.Version is { Length: > 0 } version ? version : "*",
        Resource = resource.Resource ?? "",
        Subresource = resource.Subresource ?? "",
        Name = resource.Name ?? "",
        FieldSelector = SelectorOf(resource.FieldSelector),
        LabelSelector = resource.LabelSelector?.RawSelector ?? "",
    };

    /// <summary>Only requirements of one value matter to an authorizer.</summary>
    private static string SelectorOf(FieldSelectorAttributes? selector) =>
        selector?.RawSelector is { Length: > 0 } raw
            ? raw
            : string.Join(',', (selector?.Requirements).OrEmpty()
                .Where(r => r.Operator == "In" && r.Values is { Count: 1 })
                .Select(r => $"{r.Key}={r.Values![0]}"));

    private static UserInfo UserOf(SubjectAccessReviewSpec spec) => new(
        spec.User ?? "", spec.Groups.OrEmpty().ToList(), spec.Uid ?? "",
        spec.Extra?.ToDictionary(e => e.Key.ToLowerInvariant(), e => (IReadOnlyList<string>)e.Value));

    private static void Throw(string kind, FieldErrors errors)
    {
        if (errors.Any)
            throw StatusException.Invalid(new GroupKind(Group, kind), "", errors);
    }
}

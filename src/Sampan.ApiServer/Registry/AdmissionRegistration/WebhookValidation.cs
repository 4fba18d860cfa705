using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Checks that both kinds of webhooks share. What an older version accepted may stay when it was there before.</summary>
internal static class WebhookValidation
{
    private static readonly string[] ReviewVersions = ["v1", "v1beta1"];
    private static readonly string[] NoEffects = ["None", "NoneOnDryRun"];

    /// <summary>The parts of a webhook, whichever kind it has.</summary>
    public sealed record Webhook(
        string Name, WebhookClientConfig Client, List<RuleWithOperations>? Rules, string? FailurePolicy, string? MatchPolicy,
        LabelSelector? Namespaces, LabelSelector? Objects, string? SideEffects, int? Timeout, List<string> ReviewVersions,
        List<MatchCondition>? Conditions);

    public static void Validate(IReadOnlyList<Webhook> hooks, IReadOnlyList<Webhook>? old, FieldErrors errors)
    {
        var needsNoEffects = old is null || old.All(hook => NoEffects.Contains(hook.SideEffects));
        var needsKnownVersion = old is null || old.All(hook => hook.ReviewVersions.Count == 0 || hook.ReviewVersions.Any(ReviewVersions.Contains));
        var needsOwnNames = old is null || old.DistinctBy(hook => hook.Name).Count() == old.Count;
        var names = new HashSet<string>();
        foreach (var (index, hook) in hooks.Index())
        {
            var path = FieldPath.Of("webhooks").Index(index);
            ValidateOne(hook, needsNoEffects, path, errors);
            ValidateVersions(hook.ReviewVersions, needsKnownVersion, path.Child("admissionReviewVersions"), errors);
            if (needsOwnNames && hook.Name.Length > 0 && !names.Add(hook.Name))
            {
                errors.Duplicate(path.Child("name"), hook.Name);
            }
        }
    }

    private static void ValidateOne(Webhook hook, bool needsNoEffects, FieldPath path, FieldErrors errors)
    {
        FieldChecks.FullyQualifiedName(path.Child("name"), hook.Name, errors);
        foreach (var (index, rule) in hook.Rules.OrEmpty().Index())
        {
            RuleValidation.Validate(rule, path.Child("rules").Index(index), errors);
        }
        FieldChecks.OneOf(path.Child("failurePolicy"), hook.FailurePolicy, errors, "Fail", "Ignore");
        FieldChecks.OneOf(path.Child("matchPolicy"), hook.MatchPolicy, errors, "Equivalent", "Exact");
        string[] effects = needsNoEffects ? NoEffects : ["None", "NoneOnDryRun", "Some", "Unknown"];
        if (hook.SideEffects is null)
        {
            errors.Required(path.Child("sideEffects"), $"must specify one of {string.Join(", ", effects)}");
        }
        FieldChecks.OneOf(path.Child("sideEffects"), hook.SideEffects, errors, effects);
        if (hook.Timeout is < 1 or > 30)
        {
            errors.Invalid(path.Child("timeoutSeconds"), hook.Timeout, "the timeout value must be between 1 and 30 seconds");
        }
        LabelSelectorValidation.Validate(hook.Namespaces, path.Child("namespaceSelector"), errors);
        LabelSelectorValidation.Validate(hook.Objects, path.Child("objectSelector"), errors);
        ValidateClient(hook.Client, path.Child("clientConfig"), errors);
        MatchConditionValidation.Validate(hook.Conditions, path.Child("matchConditions"), errors);
    }

    private static void ValidateClient(WebhookClientConfig client, FieldPath path, FieldErrors errors)
    {
        if (client.Url is null == client.Service is null)
        {
            errors.Required(path, "exactly one of url or service is required");
        }
        else if (client.Url is { } url)
        {
            WebhookChecks.Url(path.Child("url"), url, errors);
        }
        else if (client.Service is { } service)
        {
            WebhookChecks.Service(path.Child("service"), service.Name, service.Namespace, service.Path, service.Port, errors);
        }
    }

    private static void ValidateVersions(List<string> versions, bool needsKnown, FieldPath path, FieldErrors errors)
    {
        if (versions.Count == 0)
        {
            errors.Required(path, $"must specify one of {string.Join(", ", ReviewVersions)}");
            return;
        }
        foreach (var (index, version) in versions.Index())
        {
            if (versions.IndexOf(version) < index)
            {
                errors.Invalid(path.Index(index), version, "duplicate version");
                continue;
            }
            errors.Invalid(path.Index(index), version, Names.IsDns1035Label(version));
        }
        if (needsKnown && !versions.Any(ReviewVersions.Contains))
        {
            errors.Invalid(path, versions, $"must include at least one of {string.Join(", ", ReviewVersions)}");
        }
    }
}

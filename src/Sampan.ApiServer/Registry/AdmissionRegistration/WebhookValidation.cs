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

    public static void Validate(IReadOnlyList<IWebhook> hooks, IReadOnlyList<IWebhook>? old, FieldErrors errors)
    {
        var rules = new Ratchet(hooks, old);
        var names = new HashSet<string>();
        foreach (var (index, hook) in hooks.Index())
        {
            var path = FieldPath.Of("webhooks").Index(index);
            ValidateOne(hook, rules, path, errors);
            ValidateVersions(hook.AdmissionReviewVersions, rules.NeedsKnownVersion, path.Child("admissionReviewVersions"), errors);
            if (rules.NeedsOwnNames && hook.Name.Length > 0 && !names.Add(hook.Name))
            {
                errors.Duplicate(path.Child("name"), hook.Name);
            }
        }
    }

    private static void ValidateOne(IWebhook hook, Ratchet rules, FieldPath path, FieldErrors errors)
    {
        FieldChecks.FullyQualifiedName(path.Child("name"), hook.Name, errors);
        foreach (var (index, rule) in hook.Rules.OrEmpty().Index())
        {
            RuleValidation.Validate(rule, path.Child("rules").Index(index), errors);
        }
        FieldChecks.OneOf(path.Child("failurePolicy"), hook.FailurePolicy, errors, "Fail", "Ignore");
        FieldChecks.OneOf(path.Child("matchPolicy"), hook.MatchPolicy, errors, "Equivalent", "Exact");
        string[] effects = rules.NeedsNoEffects ? NoEffects : ["None", "NoneOnDryRun", "Some", "Unknown"];
        if (hook.SideEffects is null)
        {
            errors.Required(path.Child("sideEffects"), $"must specify one of {string.Join(", ", effects)}");
        }
        FieldChecks.OneOf(path.Child("sideEffects"), hook.SideEffects, errors, effects);
        if (hook.TimeoutSeconds is < 1 or > 30)
        {
            errors.Invalid(path.Child("timeoutSeconds"), hook.TimeoutSeconds, "the timeout value must be between 1 and 30 seconds");
        }
        LabelSelectorValidation.Validate(hook.NamespaceSelector, path.Child("namespaceSelector"), errors, rules.Selectors);
        LabelSelectorValidation.Validate(hook.ObjectSelector, path.Child("objectSelector"), errors, rules.Selectors);
        FieldChecks.OneOf(path.Child("reinvocationPolicy"), (hook as MutatingWebhook)?.ReinvocationPolicy, errors, "IfNeeded", "Never");
        ValidateClient(hook.ClientConfig, path.Child("clientConfig"), errors);
        if (rules.ChecksConditions)
        {
            MatchConditionValidation.Validate(hook.MatchConditions, path.Child("matchConditions"), errors);
        }
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
        var seen = new HashSet<string>();
        foreach (var (index, version) in versions.Index())
        {
            if (!seen.Add(version))
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

    /// <summary>What is asked of webhooks: all of a new configuration, of a changed one no more than the old one kept to.</summary>
    private sealed class Ratchet(IReadOnlyList<IWebhook> hooks, IReadOnlyList<IWebhook>? old)
    {
        public bool NeedsNoEffects { get; } = old is null || old.All(hook => NoEffects.Contains(hook.SideEffects));

        public bool NeedsKnownVersion { get; } = old is null
            || old.All(hook => hook.AdmissionReviewVersions.Count == 0 || hook.AdmissionReviewVersions.Any(ReviewVersions.Contains));

        public bool NeedsOwnNames { get; } = old is null || old.DistinctBy(hook => hook.Name).Count() == old.Count;

        public bool ChecksConditions { get; } = old?.Count != hooks.Count
            || !hooks.Zip(old).All(pair => FieldChecks.AreEqual(pair.First.MatchConditions, pair.Second.MatchConditions));

        public IReadOnlyList<LabelSelector?> Selectors { get; } =
            [.. (old ?? []).SelectMany(hook => new[] { hook.NamespaceSelector, hook.ObjectSelector })];
    }
}

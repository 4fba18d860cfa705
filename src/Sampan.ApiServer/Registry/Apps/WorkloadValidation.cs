using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Registry.Core;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Apps;

/// <summary>What all kinds that make pods check.</summary>
internal static class WorkloadValidation
{
    /// <summary>
    /// A selector that is there, not empty, and selects the template's pods. Where it is none at all, upstream does not look at the
    /// template: then false.
    /// </summary>
    public static bool Selector(LabelSelector? selector, PodTemplateSpec template, string kind, FieldErrors errors, string whenInvalid = "invalid label selector")
    {
        var (path, templatePath) = (FieldPath.Of("spec").Child("selector"), FieldPath.Of("spec").Child("template"));
        if (selector is null)
        {
            errors.Required(path);
            MatchesTemplate(Api.Selectors.Selector.Nothing, template, templatePath, errors);
            return true;
        }
        var before = errors.Count;
        LabelSelectorValidation.Validate(selector, path, errors);
        if (errors.Count > before)
        {
            errors.Invalid(path, selector, whenInvalid);
            return false;
        }
        if (selector.MatchLabels.OrEmpty().Count + selector.MatchExpressions.OrEmpty().Count == 0)
        {
            errors.Invalid(path, selector, $"empty selector is invalid for {kind}");
        }
        MatchesTemplate(Api.Selectors.Selector.From(selector), template, templatePath, errors);
        return true;
    }

    public static void MatchesTemplate(Selector selector, PodTemplateSpec template, FieldPath path, FieldErrors errors)
    {
        if (!selector.Matches(template.Metadata.Labels))
        {
            errors.Invalid(
                path.Child("metadata").Child("labels"), template.Metadata.Labels ?? [], "`selector` does not match template `labels`");
        }
    }

    /// <summary>The template of a kind whose pods run for ever; <paramref name="kind"/> is how the texts call it.</summary>
    public static void LastingTemplate(
        PodTemplateSpec template, PodTemplateSpec? old, FieldPath path, string kind, FieldErrors errors)
    {
        Template(template, old, path, errors);
        Lasting(template, path, kind, errors);
    }

    public static void Lasting(PodTemplateSpec template, FieldPath path, string kind, FieldErrors errors)
    {
        if (template.Spec.RestartPolicy != "Always")
        {
            errors.NotSupported(path.Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, "Always");
        }
        if (template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"), $"activeDeadlineSeconds in {kind} is not Supported");
        }
    }

    /// <param name="old">The template before an update; what it has wrong in its annotations may stay.</param>
    public static void Template(PodTemplateSpec template, PodTemplateSpec? old, FieldPath path, FieldErrors errors)
    {
        Annotations(template, old, path, errors);
        var (pod, spec) = (AsPod(template), path.Child("spec"));
        PodValidation.ValidateSpec(template.Spec, spec, errors);
        SeccompAnnotations.MatchFields(pod, spec, errors);
        AppArmorAnnotations.MatchFields(pod, spec, errors);
        if (template.Spec.EphemeralContainers.OrEmpty().Count > 0)
        {
            errors.Forbidden(spec.Child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }

    /// <summary>The labels and annotations of a template, but not the spec beside them.</summary>
    public static void Annotations(PodTemplateSpec template, PodTemplateSpec? old, FieldPath path, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateLabels(template.Metadata.Labels, path.Child("labels"), errors);
        ObjectMetaValidation.ValidateAnnotations(template.Metadata.Annotations, path.Child("annotations"), errors);
        PodAnnotationValidation.Validate(AsPod(template), path.Child("annotations"), errors, old is null ? null : AsPod(old));
    }

    private static Pod AsPod(PodTemplateSpec template) => new() { Metadata = template.Metadata, Spec = template.Spec };

    public static void ImmutableSelector(LabelSelector? selector, LabelSelector? old, FieldErrors errors) =>
        FieldChecks.Same(FieldPath.Of("spec").Child("selector"), selector, old, errors);

    /// <summary>A count, or a percentage that is written as one.</summary>
    public static void IntOrPercent(IntOrString? value, FieldPath path, FieldErrors errors)
    {
        if (value is not { } given)
        {
            return;
        }
        if (given.IsString)
        {
            errors.Invalid(path, given, Names.IsPercent(given.StringValue));
        }
        else
        {
            FieldChecks.NotNegative(path, given.IntValue, errors);
        }
    }

    public static void NotAboveAll(IntOrString? value, FieldPath path, FieldErrors errors)
    {
        if (value is { IsString: true } percent && percent.TryGetPercent(out var share) && share > 100)
        {
            errors.Invalid(path, percent, "must not be greater than 100%");
        }
    }

    /// <summary>What replica sets and replication controllers have counted.</summary>
    public static void ReplicaCounts(
        int? replicas, int? labeled, int? ready, int? available, int? terminating, long? generation, FieldPath path, FieldErrors errors)
    {
        FieldChecks.NotNegative(path.Child("replicas"), replicas, errors);
        FieldChecks.NotNegative(path.Child("fullyLabeledReplicas"), labeled, errors);
        FieldChecks.NotNegative(path.Child("readyReplicas"), ready, errors);
        FieldChecks.NotNegative(path.Child("availableReplicas"), available, errors);
        FieldChecks.NotNegative(path.Child("terminatingReplicas"), terminating, errors);
        FieldChecks.NotNegative(path.Child("observedGeneration"), generation, errors);
        NotAbove(path.Child("fullyLabeledReplicas"), labeled, replicas, "status.replicas", errors);
        NotAbove(path.Child("readyReplicas"), ready, replicas, "status.replicas", errors);
        NotAbove(path.Child("availableReplicas"), available, replicas, "status.replicas", errors);
        NotAbove(path.Child("availableReplicas"), available, ready, "readyReplicas", errors);
    }

    public static void NotAbove(FieldPath path, int? value, int? limit, string limitName, FieldErrors errors)
    {
        if (value > limit)
        {
            errors.Invalid(path, value, $"cannot be greater than {limitName}");
        }
    }

    public static void NotDecremented(FieldPath path, int? value, int? old, FieldErrors errors)
    {
        if (old is not null && (value ?? 0) < old)
        {
            errors.Invalid(path, value ?? 0, "cannot be decremented");
        }
    }

    public static bool IsZero(IntOrString? value) => value is { } given && (given.IsString ? given.TryGetPercent(out var share) && share == 0 : given.IntValue == 0);
}

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
    public static void NotNegative(FieldPath path, long value, FieldErrors errors)
    {
        if (value < 0)
        {
            errors.Invalid(path, value, "must be greater than or equal to 0");
        }
    }

    /// <summary>A selector that is there, not empty, and selects the template's pods.</summary>
    public static void Selector(LabelSelector? selector, PodTemplateSpec template, string kind, FieldErrors errors)
    {
        var spec = FieldPath.Of("spec");
        var path = spec.Child("selector");
        if (selector is null)
        {
            errors.Required(path);
            return;
        }
        LabelSelectorValidation.Validate(selector, path, errors);
        if (selector.MatchLabels.OrEmpty().Count + selector.MatchExpressions.OrEmpty().Count == 0)
        {
            errors.Invalid(path, selector, $"empty selector is invalid for {kind}");
            return;
        }
        if (!errors.Any)
        {
            MatchesTemplate(Api.Selectors.Selector.From(selector), template, spec.Child("template"), errors);
        }
    }

    public static void MatchesTemplate(Selector selector, PodTemplateSpec template, FieldPath path, FieldErrors errors)
    {
        if (!selector.Matches(template.Metadata.Labels))
        {
            errors.Invalid(
                path.Child("metadata").Child("labels"), template.Metadata.Labels ?? [], "`selector` does not match template `labels`");
        }
    }

    public static void Template(PodTemplateSpec template, FieldPath path, string restartPolicy, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateLabels(template.Metadata.Labels, path.Child("labels"), errors);
        ObjectMetaValidation.ValidateAnnotations(template.Metadata.Annotations, path.Child("annotations"), errors);
        PodValidation.ValidateSpec(template.Spec, path.Child("spec"), errors);
        if (restartPolicy.Length > 0 && template.Spec.RestartPolicy != restartPolicy)
        {
            errors.NotSupported(path.Child("spec").Child("restartPolicy"), template.Spec.RestartPolicy, restartPolicy);
        }
        if (restartPolicy == "Always" && template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("spec").Child("activeDeadlineSeconds"), "activeDeadlineSeconds in ReplicaSet is not Supported");
        }
    }

    public static void ImmutableSelector(LabelSelector? selector, LabelSelector? old, FieldErrors errors)
    {
        if (!(selector?.DeepEquals(old) ?? old is null))
        {
            errors.Invalid(FieldPath.Of("spec").Child("selector"), selector, "field is immutable");
        }
    }

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
            NotNegative(path, given.IntValue, errors);
        }
    }

    public static bool IsZero(IntOrString? value) => value is { } given && (given.IsString ? given.StringValue == "0%" : given.IntValue == 0);
}

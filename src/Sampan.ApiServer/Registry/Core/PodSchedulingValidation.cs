using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of where a pod may run.</summary>
internal static class PodSchedulingValidation
{
    private static readonly string[] Effects = ["NoExecute", "NoSchedule", "PreferNoSchedule"];

    /// <param name="labels">The pod's labels, which selectors may refer to; null for a template.</param>
    public static void Validate(PodSpec spec, IReadOnlyDictionary<string, string>? labels, FieldPath path, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateLabels(spec.NodeSelector, path.Child("nodeSelector"), errors);
        ValidateTolerations(spec.Tolerations, path.Child("tolerations"), errors);
        AffinityValidation.Validate(spec.Affinity, labels, path.Child("affinity"), errors);
        TopologySpreadValidation.Validate(spec.TopologySpreadConstraints, labels, path.Child("topologySpreadConstraints"), errors);
        var gates = new HashSet<string>();
        foreach (var (index, gate) in spec.SchedulingGates.OrEmpty().Index())
        {
            errors.Invalid(path.Child("schedulingGates").Index(index), gate.Name, Names.IsQualifiedName(gate.Name));
            if (!gates.Add(gate.Name))
            {
                errors.Duplicate(path.Child("schedulingGates").Index(index), gate.Name);
            }
        }
        if (spec.SchedulingGates.OrEmpty().Count > 0 && !string.IsNullOrEmpty(spec.NodeName))
        {
            errors.Forbidden(path.Child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }
    }

    public static void ValidateTolerations(List<Toleration>? tolerations, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, toleration) in tolerations.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (!string.IsNullOrEmpty(toleration.Key))
            {
                errors.Invalid(at.Child("key"), toleration.Key, Names.IsQualifiedName(toleration.Key));
            }
            else if (toleration.Operator != "Exists")
            {
                errors.Invalid(
                    at.Child("operator"), toleration.Operator ?? "",
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            }
            if (toleration.TolerationSeconds is not null && toleration.Effect != "NoExecute")
            {
                errors.Invalid(at.Child("effect"), toleration.Effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set");
            }
            Operator(toleration, at, errors);
            if (!string.IsNullOrEmpty(toleration.Effect) && !Effects.Contains(toleration.Effect))
            {
                errors.NotSupported(at.Child("effect"), toleration.Effect, Effects);
            }
        }
    }

    private static void Operator(Toleration toleration, FieldPath path, FieldErrors errors)
    {
        switch (toleration.Operator)
        {
            case "Equal" or "" or null:
                errors.Invalid(path.Child("operator"), toleration.Value ?? "", Names.IsLabelValue(toleration.Value ?? ""));
                break;
            case "Exists":
                if (!string.IsNullOrEmpty(toleration.Value))
                {
                    errors.Invalid(path.Child("operator"), toleration.Value, "value must be empty when `operator` is 'Exists'");
                }
                break;
            default:
                errors.NotSupported(path.Child("operator"), toleration.Operator, "Equal", "Exists");
                break;
        }
    }
}

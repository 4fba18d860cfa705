using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of where a pod may run.</summary>
internal static class PodSchedulingValidation
{
    private static readonly string[] Effects = ["NoExecute", "NoSchedule", "PreferNoSchedule"];
    private static readonly string[] Unsatisfiable = ["DoNotSchedule", "ScheduleAnyway"];

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateLabels(spec.NodeSelector, path.Child("nodeSelector"), errors);
        ValidateTolerations(spec.Tolerations, path.Child("tolerations"), errors);
        NodeAffinity(spec.Affinity?.NodeAffinity, path.Child("affinity").Child("nodeAffinity"), errors);
        PodAffinity(
            spec.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution,
            spec.Affinity?.PodAffinity?.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("affinity").Child("podAffinity"), errors);
        PodAffinity(
            spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution,
            spec.Affinity?.PodAntiAffinity?.PreferredDuringSchedulingIgnoredDuringExecution,
            path.Child("affinity").Child("podAntiAffinity"), errors);
        Spread(spec.TopologySpreadConstraints, path.Child("topologySpreadConstraints"), errors);
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

    public static void NodeSelector(NodeSelector selector, FieldPath path, FieldErrors errors)
    {
        var at = path.Child("nodeSelectorTerms");
        if (selector.NodeSelectorTerms.Count == 0)
        {
            errors.Required(at, "must have at least one node selector term");
        }
        foreach (var (index, term) in selector.NodeSelectorTerms.Index())
        {
            NodeSelectorTerm(term, at.Index(index), errors);
        }
    }

    public static void NodeSelectorTerm(NodeSelectorTerm term, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, requirement) in term.MatchExpressions.OrEmpty().Index())
        {
            Requirement(requirement, path.Child("matchExpressions").Index(index), errors);
            errors.Invalid(
                path.Child("matchExpressions").Index(index).Child("key"), requirement.Key, Names.IsQualifiedName(requirement.Key));
        }
        foreach (var (index, requirement) in term.MatchFields.OrEmpty().Index())
        {
            if (requirement.Key != "metadata.name")
            {
                errors.Invalid(path.Child("matchFields").Index(index).Child("key"), requirement.Key, "not a valid field selector key");
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
                    errors.Invalid(path.Child("operator"), toleration, "value must be empty when `operator` is 'Exists'");
                }
                break;
            default:
                errors.NotSupported(path.Child("operator"), toleration.Operator, "Equal", "Exists");
                break;
        }
    }

    private static void NodeAffinity(NodeAffinity? affinity, FieldPath path, FieldErrors errors)
    {
        if (affinity?.RequiredDuringSchedulingIgnoredDuringExecution is { } required)
        {
            NodeSelector(required, path.Child("requiredDuringSchedulingIgnoredDuringExecution"), errors);
        }
        foreach (var (index, preferred) in (affinity?.PreferredDuringSchedulingIgnoredDuringExecution).OrEmpty().Index())
        {
            var at = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(index);
            Weight(preferred.Weight, at, errors);
            NodeSelectorTerm(preferred.Preference, at.Child("preference"), errors);
        }
    }

    private static void Requirement(NodeSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        var values = requirement.Values.OrEmpty();
        switch (requirement.Operator)
        {
            case "In" or "NotIn" when values.Count == 0:
                errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values.Count > 0:
                errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when values.Count != 1:
                errors.Required(path.Child("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }
    }

    private static void PodAffinity(
        List<PodAffinityTerm>? required, List<WeightedPodAffinityTerm>? preferred, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, term) in required.OrEmpty().Index())
        {
            Term(term, path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(index), errors);
        }
        foreach (var (index, weighted) in preferred.OrEmpty().Index())
        {
            var at = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(index);
            Weight(weighted.Weight, at, errors);
            Term(weighted.PodAffinityTerm, at.Child("podAffinityTerm"), errors);
        }
    }

    private static void Term(PodAffinityTerm term, FieldPath path, FieldErrors errors)
    {
        LabelSelectorValidation.Validate(term.LabelSelector, path.Child("labelSelector"), errors);
        LabelSelectorValidation.Validate(term.NamespaceSelector, path.Child("namespaceSelector"), errors);
        if (term.TopologyKey.Length == 0)
        {
            errors.Required(path.Child("topologyKey"), "can not be empty");
        }
        errors.Invalid(path.Child("topologyKey"), term.TopologyKey, Names.IsQualifiedName(term.TopologyKey));
    }

    private static void Weight(int weight, FieldPath path, FieldErrors errors)
    {
        if (weight is <= 0 or > 100)
        {
            errors.Invalid(path.Child("weight"), weight, "must be in the range 1-100");
        }
    }

    private static void Spread(List<TopologySpreadConstraint>? constraints, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<(string, string)>();
        foreach (var (index, constraint) in constraints.OrEmpty().Index())
        {
            var at = path.Index(index);
            if (constraint.MaxSkew <= 0)
            {
                errors.Invalid(at.Child("maxSkew"), constraint.MaxSkew, "must be greater than zero");
            }
            if (constraint.TopologyKey.Length == 0)
            {
                errors.Required(at.Child("topologyKey"), "can not be empty");
            }
            if (!Unsatisfiable.Contains(constraint.WhenUnsatisfiable))
            {
                errors.NotSupported(at.Child("whenUnsatisfiable"), constraint.WhenUnsatisfiable, Unsatisfiable);
            }
            if (!seen.Add((constraint.TopologyKey, constraint.WhenUnsatisfiable)))
            {
                errors.Duplicate(
                    at.Child("{topologyKey, whenUnsatisfiable}"), $"{{{constraint.TopologyKey}, {constraint.WhenUnsatisfiable}}}");
            }
            LabelSelectorValidation.Validate(constraint.LabelSelector, at.Child("labelSelector"), errors);
        }
    }
}

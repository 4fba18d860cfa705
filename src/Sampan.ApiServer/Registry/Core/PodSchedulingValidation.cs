using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of where a pod may run.</summary>
internal static class PodSchedulingValidation
{
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static void Gates(List<PodSchedulingGate>? gates, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (var (index, gate) in gates.OrEmpty().Index())
        {
            errors.Invalid(path.Index(index), gate.Name, Names.IsQualifiedName(gate.Name));
            if (!seen.Add(gate.Name))
            {
                errors.Duplicate(path.Index(index), gate.Name);
            }
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
                if (Names.IsLabelValue(toleration.Value ?? "") is { Count: > 0 } wrong)
                {
                    errors.Invalid(path.Child("operator"), toleration.Value, string.Join(';', wrong));
                }
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

using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of nodes.</summary>
internal static class NodeValidation
{
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static void ValidateTaints(NodeSpec spec, FieldErrors errors)
    {
        var path = FieldPath.Of("spec").Child("taints");
        var seen = new HashSet<(string, string)>();
        foreach (var (index, taint) in spec.Taints.OrEmpty().Index())
        {
            var at = path.Index(index);
            errors.Invalid(at.Child("key"), taint.Key, Names.IsQualifiedName(taint.Key));
            errors.Invalid(at.Child("value"), taint.Value ?? "", Names.IsLabelValue(taint.Value ?? ""));
            if (taint.Effect.Length == 0)
            {
                errors.Required(at.Child("effect"));
            }
            else if (!Effects.Contains(taint.Effect))
            {
                errors.NotSupported(at.Child("effect"), taint.Effect, Effects);
            }
            if (!seen.Add((taint.Key, taint.Effect)))
            {
                errors.Duplicate(at, taint);
            }
        }
    }

    public static void ValidateUpdate(Node node, Node old, FieldErrors errors)
    {
        ValidateTaints(node.Spec, errors);
        var path = FieldPath.Of("spec");
        if (old.Spec.PodCIDRs.OrEmpty().Count > 0 && !old.Spec.PodCIDRs!.SequenceEqual(node.Spec.PodCIDRs.OrEmpty()))
        {
            errors.Forbidden(path.Child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
        }
        if (!string.IsNullOrEmpty(old.Spec.ProviderID) && old.Spec.ProviderID != node.Spec.ProviderID)
        {
            errors.Forbidden(path.Child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }
    }
}

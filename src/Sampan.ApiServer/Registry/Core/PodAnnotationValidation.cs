using System.Globalization;
using System.Text;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of the annotations that mean something for pods. Upstream: ValidatePodSpecificAnnotations.</summary>
internal static class PodAnnotationValidation
{
    public const string Mirror = "kubernetes.io/config.mirror";
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";
    private const string Tolerations = "scheduler.alpha.kubernetes.io/tolerations";

    public static void Validate(Pod pod, FieldPath path, FieldErrors errors, Pod? old = null)
    {
        var annotations = pod.Metadata.Annotations.OrEmpty();
        if (annotations.TryGetValue(Mirror, out var mirror) && string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            errors.Invalid(path.Key(Mirror), mirror, "must set spec.nodeName if mirror pod annotation is set");
        }
        if (annotations.TryGetValue(Tolerations, out var tolerations) && tolerations.Length > 0)
        {
            OldTolerations(tolerations, path, errors);
        }
        if (annotations.TryGetValue(DeletionCost, out var cost) && !IsCost(cost) && (old is null || IsCost(CostOf(old))))
        {
            errors.Invalid(path.Key(DeletionCost), cost, "must be a 32bit integer");
        }
        SeccompAnnotations.Validate(annotations, path, errors);
        AppArmorAnnotations.Validate(pod, path, errors);
    }

    /// <summary>The marks of static pods and of AppArmor's first form are set once.</summary>
    public static void ValidateUpdate(Pod pod, Pod old, FieldPath path, FieldErrors errors)
    {
        var (now, was) = (pod.Metadata.Annotations.OrEmpty(), old.Metadata.Annotations.OrEmpty());
        foreach (var (key, _) in was.Where(one => now.GetValueOrDefault(one.Key) != one.Value))
        {
            Fixed(key, "remove or update", path, errors);
        }
        foreach (var (key, _) in now.Where(one => !was.ContainsKey(one.Key)))
        {
            Fixed(key, "add", path, errors);
        }
        Validate(pod, path, errors, old);
    }

    private static void Fixed(string key, string verb, FieldPath path, FieldErrors errors)
    {
        if (key.StartsWith(AppArmorAnnotations.Prefix, StringComparison.Ordinal))
        {
            errors.Forbidden(path.Key(key), $"may not {verb} AppArmor annotations");
        }
        if (key == Mirror)
        {
            errors.Forbidden(path.Key(key), $"may not {verb} mirror pod annotation");
        }
    }

    private static string CostOf(Pod pod) => pod.Metadata.Annotations.OrEmpty().GetValueOrDefault(DeletionCost) ?? "0";

    /// <summary>A number as it is usually written: no sign of plus, no zero before it.</summary>
    private static bool IsCost(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost)
        && cost.ToString(CultureInfo.InvariantCulture) == text;

    private static void OldTolerations(string json, FieldPath path, FieldErrors errors)
    {
        try
        {
            var spec = JsonCodec.Decode<PodSpec>(Encoding.UTF8.GetBytes($"{{\"tolerations\":{json}}}"));
            PodSchedulingValidation.ValidateTolerations(spec.Tolerations, path.Child(Tolerations), errors);
        }
        catch (FormatException e)
        {
            errors.Invalid(path, Tolerations, e.Message);
        }
    }
}

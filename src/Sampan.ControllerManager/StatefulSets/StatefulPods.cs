using System.Globalization;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.StatefulSets;

/// <summary>The names that stay: a pod's ordinal, host name and claims are the same whenever it is made again.</summary>
internal static class StatefulPods
{
    public const string NameLabel = "statefulset.kubernetes.io/pod-name";
    public const string IndexLabel = "apps.kubernetes.io/pod-index";

    public static string NameOf(StatefulSet set, int ordinal) => string.Create(CultureInfo.InvariantCulture, $"{set.Metadata.Name}-{ordinal}");

    /// <summary>Null for a pod whose name is not of this set's form.</summary>
    public static int? OrdinalOf(StatefulSet set, Pod pod)
    {
        var (name, prefix) = (pod.Metadata.Name, set.Metadata.Name + "-");
        if (!name.StartsWith(prefix, StringComparison.Ordinal)) return null;
        return int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && NameOf(set, ordinal) == name ? ordinal : null;
    }

    public static string RevisionOf(Pod pod) => pod.Metadata.Labels?.GetValueOrDefault(TemplateHistory.HashLabel) ?? "";

    public static Pod Draft(StatefulSet set, PodTemplateSpec template, string revision, int ordinal)
    {
        var pod = PodFactory.FromTemplate(template, set, NameOf(set, ordinal));
        Identify(pod, ordinal);
        pod.Metadata.Labels![TemplateHistory.HashLabel] = revision;
        pod.Spec.Hostname = pod.Metadata.Name;
        pod.Spec.Subdomain = set.Spec.ServiceName.Length == 0 ? null : set.Spec.ServiceName;
        pod.Spec.Volumes = VolumesOf(set, pod.Spec, ordinal);
        return pod;
    }

    /// <summary>A copy with the identity labels put right; null when they are.</summary>
    public static Pod? Mended(StatefulSet set, Pod pod)
    {
        var ordinal = OrdinalOf(set, pod)!.Value;
        var copy = pod.DeepClone();
        Identify(copy, ordinal);
        return copy.DeepEquals(pod) ? null : copy;
    }

    private static void Identify(Pod pod, int ordinal)
    {
        var labels = pod.Metadata.Labels ??= [];
        labels[NameLabel] = pod.Metadata.Name;
        labels[IndexLabel] = ordinal.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A claim takes the place of the template's volume of the same name.</summary>
    private static List<Volume>? VolumesOf(StatefulSet set, PodSpec spec, int ordinal)
    {
        if (set.Spec.VolumeClaimTemplates is not { Count: > 0 } templates) return spec.Volumes;
        var claims = templates.Select(t => new Volume
        {
            Name = t.Metadata.Name,
            PersistentVolumeClaim = new PersistentVolumeClaimVolumeSource { ClaimName = StatefulClaims.NameOf(set, t, ordinal) },
        }).ToList();
        return [.. claims, .. spec.Volumes.OrEmpty().Where(v => !claims.Exists(c => c.Name == v.Name))];
    }
}

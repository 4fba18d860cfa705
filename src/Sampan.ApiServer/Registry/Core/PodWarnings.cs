using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What authors of pods and templates should know although it is allowed. Upstream: pkg/api/pod/warnings.go.</summary>
internal static class PodWarnings
{
    private static readonly (string Key, string Use)[] OldAnnotations =
    [
        ("scheduler.alpha.kubernetes.io/critical-pod", "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
        ("security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
        ("security.alpha.kubernetes.io/unsafe-sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead"),
    ];

    public static IEnumerable<string> Of(Pod pod)
    {
        var warnings = new List<string>();
        if (Names.IsDns1123Label(pod.Metadata.Name) is { Count: > 0 } wrong)
        {
            warnings.Add("metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; "
                + $"a DNS label is recommended: [{string.Join(' ', wrong)}]");
        }
        Add(pod.Spec, pod.Metadata, null, warnings);
        return warnings;
    }

    public static IEnumerable<string> Of(PodTemplateSpec template, FieldPath path)
    {
        var warnings = new List<string>();
        Add(template.Spec, template.Metadata, path, warnings);
        return warnings;
    }

    /// <param name="template">Where the template stands; null for a pod.</param>
    private static void Add(PodSpec spec, ObjectMeta meta, FieldPath? template, List<string> warnings)
    {
        var path = template?.Child("spec") ?? FieldPath.Of("spec");
        var annotations = template?.Child("metadata", "annotations") ?? FieldPath.Of("metadata", "annotations");
        var hasAnnotations = meta.Annotations.OrEmpty().Count > 0;
        PodPlacementWarnings.Nodes(spec, path, warnings);
        foreach (var (key, use) in OldAnnotations.Where(old => meta.Annotations.OrEmpty().ContainsKey(old.Key)))
        {
            warnings.Add($"{annotations.Key(key)}: {use}");
        }
        warnings.AddRange(VolumeWarnings.Of(spec.Volumes.OrEmpty(), path.Child("volumes")).Take(WarningHeaders.MaxOfObject));
        warnings.AddRange(Duplicates(spec, path));
        warnings.AddRange(FractionalWarnings.Of(spec.Overhead, path.Child("overhead")));
        if (hasAnnotations)
        {
            warnings.AddRange(Seccomp(spec.SecurityContext?.SeccompProfile, SeccompAnnotations.Pod, meta, annotations));
        }
        foreach (var (container, at) in PodContainers.Of(spec, path))
        {
            if (hasAnnotations)
            {
                warnings.AddRange(Seccomp(
                    container.SecurityContext?.SeccompProfile, SeccompAnnotations.ContainerPrefix + container.Name, meta, annotations));
                warnings.AddRange(template is null ? [] : AppArmor(container, spec, meta, annotations));
            }
            ContainerWarnings.Add(container, at, warnings);
        }
        warnings.AddRange(ContainerPortWarnings.Of(spec, path).Take(WarningHeaders.MaxOfObject));
        if (spec.TerminationGracePeriodSeconds < 0)
        {
            warnings.Add($"{path.Child("terminationGracePeriodSeconds")}: must be >= 0; negative values are invalid and will be treated as 1");
        }
        PodPlacementWarnings.Selectors(spec, path, warnings);
    }

    private static IEnumerable<string> Duplicates(PodSpec spec, FieldPath path)
    {
        foreach (var (index, ip) in Repeated(spec.HostAliases.OrEmpty().Select(alias => alias.Ip)))
        {
            yield return $"{path.Child("hostAliases").Index(index).Child("ip")}: duplicate ip {GoText.Quote(ip)}";
        }
        foreach (var (index, name) in Repeated(spec.ImagePullSecrets.OrEmpty().Select(secret => secret.Name ?? "")))
        {
            yield return $"{path.Child("imagePullSecrets").Index(index).Child("name")}: duplicate name {GoText.Quote(name)}";
        }
        foreach (var (index, _) in spec.ImagePullSecrets.OrEmpty().Index().Where(one => string.IsNullOrEmpty(one.Item.Name)))
        {
            yield return $"{path.Child("imagePullSecrets").Index(index).Child("name")}: invalid empty name \"\"";
        }
    }

    private static IEnumerable<(int Index, string Item)> Repeated(IEnumerable<string> items)
    {
        var seen = new HashSet<string>();
        return items.Index().Where(one => !seen.Add(one.Item));
    }

    private static IEnumerable<string> Seccomp(SeccompProfile? profile, string key, ObjectMeta meta, FieldPath annotations) =>
        profile is null && meta.Annotations.OrEmpty().ContainsKey(key)
            ? [$"{annotations.Key(key)}: non-functional in v1.27+; use the \"seccompProfile\" field instead"] : [];

    /// <summary>A pod's annotation becomes its field, with a warning of its own; a template's does not.</summary>
    private static IEnumerable<string> AppArmor(Container container, PodSpec spec, ObjectMeta meta, FieldPath annotations) =>
        (container.SecurityContext?.AppArmorProfile ?? spec.SecurityContext?.AppArmorProfile) is null
            && meta.Annotations.OrEmpty().ContainsKey(AppArmorAnnotations.Prefix + container.Name)
            ? [$"{annotations.Key(AppArmorAnnotations.Prefix + container.Name)}: deprecated since v1.30; use the \"appArmorProfile\" field instead"] : [];
}

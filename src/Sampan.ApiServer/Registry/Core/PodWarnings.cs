using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

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
        if (Names.IsDns1123Label(pod.Metadata.Name) is { Count: > 0 } wrong)
        {
            yield return "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; "
                + $"a DNS label is recommended: [{string.Join(' ', wrong)}]";
        }
        foreach (var warning in Of(pod.Spec, pod.Metadata, FieldPath.Of("spec"), FieldPath.Of("metadata", "annotations"), isTemplate: false))
        {
            yield return warning;
        }
    }

    public static IEnumerable<string> Of(PodTemplateSpec template, FieldPath path) =>
        Of(template.Spec, template.Metadata, path.Child("spec"), path.Child("metadata", "annotations"), isTemplate: true);

    private static IEnumerable<string> Of(PodSpec spec, ObjectMeta meta, FieldPath path, FieldPath annotations, bool isTemplate) =>
    [
        .. PodPlacementWarnings.Nodes(spec, path),
        .. from old in OldAnnotations
           where meta.Annotations.OrEmpty().ContainsKey(old.Key)
           select $"{annotations.Key(old.Key)}: {old.Use}",
        .. VolumeWarnings.Of(spec.Volumes.OrEmpty(), path.Child("volumes")),
        .. Duplicates(spec, path),
        .. FractionalWarnings.Of(spec.Overhead, path.Child("overhead")),
        .. Seccomp(spec.SecurityContext?.SeccompProfile, SeccompAnnotations.Pod, meta, annotations),
        .. PodContainers.Of(spec, path).SelectMany(one => (IEnumerable<string>)
        [
            .. Seccomp(one.Container.SecurityContext?.SeccompProfile, SeccompAnnotations.ContainerPrefix + one.Container.Name, meta, annotations),
            .. isTemplate ? AppArmor(one.Container, spec, meta, annotations) : [],
            .. ContainerWarnings.Of(one.Container, one.Path),
        ]),
        .. ContainerPortWarnings.Of(spec, path),
        .. Grace(spec.TerminationGracePeriodSeconds, path.Child("terminationGracePeriodSeconds")),
        .. PodPlacementWarnings.Selectors(spec, path),
    ];

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

    private static IEnumerable<string> Grace(long? seconds, FieldPath path) =>
        seconds < 0 ? [$"{path}: must be >= 0; negative values are invalid and will be treated as 1"] : [];
}

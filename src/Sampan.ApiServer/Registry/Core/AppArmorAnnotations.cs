using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>The annotations that said what appArmorProfile says now. A new pod's field is filled from them.</summary>
internal static class AppArmorAnnotations
{
    public const string Prefix = "container.apparmor.security.beta.kubernetes.io/";
    private const string RuntimeDefault = "runtime/default";
    private const string Unconfined = "unconfined";
    private const string Local = "localhost/";

    public static void Validate(Pod pod, FieldPath path, FieldErrors errors)
    {
        HashSet<string>? containers = null;
        foreach (var (key, profile) in pod.Metadata.Annotations.OrEmpty().Where(one => one.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var name = key[Prefix.Length..];
            containers ??= PodContainers.Of(pod.Spec, FieldPath.Of("spec")).Select(one => one.Container.Name).ToHashSet();
            if (!containers.Contains(name))
            {
                errors.Invalid(path.Key(key), name, "container not found");
            }
            if (profile is not ("" or RuntimeDefault or Unconfined) && !profile.StartsWith(Local, StringComparison.Ordinal))
            {
                errors.Invalid(path.Key(key), profile, $"invalid AppArmor profile name: {GoText.Quote(profile)}");
            }
        }
    }

    public static void MatchFields(Pod pod, FieldPath path, FieldErrors errors)
    {
        if (pod.Spec.Os?.Name == "windows" || pod.Metadata.Annotations.OrEmpty().Count == 0)
        {
            return;
        }
        foreach (var (container, at) in PodContainers.Of(pod.Spec, path))
        {
            var profile = container.SecurityContext?.AppArmorProfile ?? pod.Spec.SecurityContext?.AppArmorProfile;
            if (profile is not null && pod.Metadata.Annotations.OrEmpty().TryGetValue(Prefix + container.Name, out var annotation))
            {
                Match(profile, annotation, at.Child("securityContext").Child("appArmorProfile"), errors);
            }
        }
    }

    /// <summary>Fills a new pod's fields from its annotations, with a warning for each that should be a field.</summary>
    public static void MoveToFields(Pod pod, Action<string> warn)
    {
        if (pod.Spec.Os?.Name == "windows" || pod.Metadata.Annotations.OrEmpty().Count == 0)
        {
            return;
        }
        foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers))
        {
            if (container.SecurityContext?.AppArmorProfile is null
                && pod.Metadata.Annotations.OrEmpty().TryGetValue(Prefix + container.Name, out var annotation)
                && Move(container, annotation, pod.Spec.SecurityContext?.AppArmorProfile))
            {
                var place = FieldPath.Of("metadata", "annotations").Key(Prefix + container.Name);
                warn($"{place}: deprecated since v1.30; use the \"appArmorProfile\" field instead");
            }
        }
    }

    /// <summary>False when the pod says the same already, so that nobody needs to be told.</summary>
    private static bool Move(Container container, string annotation, AppArmorProfile? pod)
    {
        if (ProfileOf(annotation) is not { } profile)
        {
            return true;
        }
        if (pod is not null && profile.DeepEquals(pod))
        {
            return false;
        }
        (container.SecurityContext ??= new SecurityContext()).AppArmorProfile = profile;
        return true;
    }

    private static AppArmorProfile? ProfileOf(string annotation) => annotation switch
    {
        Unconfined => new AppArmorProfile { Type = "Unconfined" },
        RuntimeDefault => new AppArmorProfile { Type = "RuntimeDefault" },
        _ when annotation.StartsWith(Local, StringComparison.Ordinal) && annotation[Local.Length..] is { Length: > 0 } name && name.Trim() == name =>
            new AppArmorProfile { Type = "Localhost", LocalhostProfile = name },
        _ => null,
    };

    private static void Match(AppArmorProfile profile, string annotation, FieldPath path, FieldErrors errors)
    {
        switch (profile.Type)
        {
            case "Unconfined" when annotation != Unconfined:
            case "RuntimeDefault" when annotation != RuntimeDefault:
            case "Localhost" when !annotation.StartsWith(Local, StringComparison.Ordinal):
                errors.Forbidden(path.Child("type"), "apparmor type in annotation and field must match");
                break;
            case "Localhost" when annotation[Local.Length..] != profile.LocalhostProfile:
                errors.Forbidden(path.Child("localhostProfile"), "apparmor profile in annotation and field must match");
                break;
        }
    }
}

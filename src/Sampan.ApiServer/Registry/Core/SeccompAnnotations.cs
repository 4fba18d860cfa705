using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>The annotations that said what seccompProfile says now: they must be right, and say the same.</summary>
internal static class SeccompAnnotations
{
    public const string Pod = "seccomp.security.alpha.kubernetes.io/pod";
    public const string ContainerPrefix = "container.seccomp.security.alpha.kubernetes.io/";
    private const string Local = "localhost/";

    public static void Validate(IReadOnlyDictionary<string, string> annotations, FieldPath path, FieldErrors errors)
    {
        foreach (var (key, profile) in annotations)
        {
            if (key == Pod || key.StartsWith(ContainerPrefix, StringComparison.Ordinal))
            {
                Profile(profile, path.Child(key), errors);
            }
        }
    }

    public static void MatchFields(Pod pod, FieldPath path, FieldErrors errors)
    {
        var annotations = pod.Metadata.Annotations.OrEmpty();
        if (annotations.Count == 0)
        {
            return;
        }
        Match(pod.Spec.SecurityContext?.SeccompProfile, annotations.GetValueOrDefault(Pod), path, errors);
        foreach (var (container, at) in PodContainers.Of(pod.Spec, path))
        {
            Match(container.SecurityContext?.SeccompProfile, annotations.GetValueOrDefault(ContainerPrefix + container.Name), at, errors);
        }
    }

    private static void Profile(string profile, FieldPath path, FieldErrors errors)
    {
        if (profile.StartsWith(Local, StringComparison.Ordinal))
        {
            PathValidation.LocalDescending(profile[Local.Length..], path, errors);
        }
        else if (profile is not ("runtime/default" or "docker/default" or "unconfined"))
        {
            errors.Invalid(path, profile, "must be a valid seccomp profile");
        }
    }

    private static void Match(SeccompProfile? profile, string? annotation, FieldPath path, FieldErrors errors)
    {
        var at = path.Child("securityContext").Child("seccompProfile");
        switch (profile?.Type)
        {
            case null:
                break;
            case "Unconfined" when annotation is not (null or "unconfined"):
            case "RuntimeDefault" when annotation is not (null or "runtime/default" or "docker/default"):
            case "Localhost" when annotation?.StartsWith(Local, StringComparison.Ordinal) == false:
                errors.Forbidden(at.Child("type"), "seccomp type in annotation and field must match");
                break;
            case "Localhost" when annotation is not null && annotation[Local.Length..] != profile.LocalhostProfile:
                errors.Forbidden(at.Child("localhostProfile"), "seccomp profile in annotation and field must match");
                break;
        }
    }
}

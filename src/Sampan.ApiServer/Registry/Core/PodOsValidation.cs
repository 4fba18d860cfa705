using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>A pod that names its operating system sets nothing that belongs to the other.</summary>
internal static class PodOsValidation
{
    private const string NotForWindows = "cannot be set for a windows pod";
    private const string NotForLinux = "windows options cannot be set for a linux pod";

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        switch (spec.Os?.Name)
        {
            case null:
                break;
            case "":
                errors.Required(path.Child("os").Child("name"), "cannot be empty");
                break;
            case "linux":
                Linux(spec, path, errors);
                break;
            case "windows":
                Windows(spec, path, errors);
                break;
            default:
                errors.NotSupported(path.Child("os"), spec.Os.Name, "linux", "windows");
                break;
        }
    }

    private static void Linux(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.SecurityContext?.WindowsOptions is not null)
        {
            errors.Forbidden(path.Child("securityContext").Child("windowsOptions"), NotForLinux);
        }
        foreach (var (context, at) in Contexts(spec, path))
        {
            if (context.WindowsOptions is not null)
            {
                errors.Forbidden(at.Child("windowsOptions"), NotForLinux);
            }
        }
    }

    private static void Windows(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var (pod, at) = (spec.SecurityContext ?? new PodSecurityContext(), path.Child("securityContext"));
        Forbid(errors, at, ("appArmorProfile", pod.AppArmorProfile is not null), ("seLinuxOptions", pod.SeLinuxOptions is not null));
        Forbid(errors, path, ("hostUsers", spec.HostUsers is not null), ("hostPID", spec.HostPID), ("hostIPC", spec.HostIPC));
        Forbid(
            errors, at, ("seccompProfile", pod.SeccompProfile is not null), ("fsGroup", pod.FsGroup is not null),
            ("fsGroupChangePolicy", pod.FsGroupChangePolicy is not null), ("sysctls", pod.Sysctls.OrEmpty().Count > 0));
        Forbid(errors, path, ("shareProcessNamespace", spec.ShareProcessNamespace is not null));
        Forbid(
            errors, at, ("runAsUser", pod.RunAsUser is not null), ("runAsGroup", pod.RunAsGroup is not null),
            ("supplementalGroups", pod.SupplementalGroups is not null), ("supplementalGroupsPolicy", pod.SupplementalGroupsPolicy is not null),
            ("seLinuxChangePolicy", pod.SeLinuxChangePolicy is not null));
        foreach (var (one, place) in Contexts(spec, path))
        {
            Forbid(
                errors, place, ("appArmorProfile", one.AppArmorProfile is not null), ("seLinuxOptions", one.SeLinuxOptions is not null),
                ("seccompProfile", one.SeccompProfile is not null), ("capabilities", one.Capabilities is not null),
                ("readOnlyRootFilesystem", one.ReadOnlyRootFilesystem is not null), ("privileged", one.Privileged is not null),
                ("allowPrivilegeEscalation", one.AllowPrivilegeEscalation is not null), ("procMount", one.ProcMount is not null),
                ("runAsUser", one.RunAsUser is not null), ("runAsGroup", one.RunAsGroup is not null));
        }
    }

    private static void Forbid(FieldErrors errors, FieldPath path, params (string Field, bool IsSet)[] fields)
    {
        foreach (var (field, _) in fields.Where(field => field.IsSet))
        {
            errors.Forbidden(path.Child(field), NotForWindows);
        }
    }

    private static IEnumerable<(SecurityContext Context, FieldPath Path)> Contexts(PodSpec spec, FieldPath path) =>
        from one in PodContainers.Of(spec, path)
        where one.Container.SecurityContext is not null
        select (one.Container.SecurityContext, one.Path.Child("securityContext"));
}

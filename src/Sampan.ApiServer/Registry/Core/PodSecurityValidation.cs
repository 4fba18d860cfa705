using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a pod's own security context and of what it shares with its host. Upstream: validatePodSpecSecurityContext.</summary>
internal static partial class PodSecurityValidation
{
    private const int MaxSysctlLength = 253;
    private const string SysctlFormat = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.SecurityContext is { } context)
        {
            Context(spec, context, path.Child("securityContext"), errors);
        }
    }

    private static void Context(PodSpec spec, PodSecurityContext context, FieldPath path, FieldErrors errors)
    {
        SecurityValidation.Id(context.FsGroup, path.Child("fsGroup"), errors);
        SecurityValidation.Id(context.RunAsUser, path.Child("runAsUser"), errors);
        SecurityValidation.Id(context.RunAsGroup, path.Child("runAsGroup"), errors);
        foreach (var (index, group) in context.SupplementalGroups.OrEmpty().Index())
        {
            SecurityValidation.Id(group, path.Child("supplementalGroups").Index(index), errors);
        }
        if (spec.ShareProcessNamespace == true && spec.HostPID)
        {
            errors.Invalid(path.Child("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        Sysctls(context.Sysctls, spec, path.Child("sysctls"), errors);
        OneOf(context.FsGroupChangePolicy, path.Child("fsGroupChangePolicy"), errors, "Always", "OnRootMismatch");
        SecurityValidation.Seccomp(context.SeccompProfile, path.Child("seccompProfile"), errors);
        WindowsOptionsValidation.Validate(context.WindowsOptions, path.Child("windowsOptions"), errors);
        SecurityValidation.AppArmor(context.AppArmorProfile, path.Child("appArmorProfile"), errors);
        OneOf(context.SupplementalGroupsPolicy, path.Child("supplementalGroupsPolicy"), errors, "Merge", "Strict");
        OneOf(context.SeLinuxChangePolicy, path.Child("seLinuxChangePolicy"), errors, "MountOption", "Recursive");
    }

    private static void Sysctls(List<Sysctl>? sysctls, PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, sysctl) in sysctls.OrEmpty().Index())
        {
            var at = path.Index(index).Child("name");
            if (sysctl.Name.Length == 0)
            {
                errors.Required(at);
            }
            else if (sysctl.Name.Length > MaxSysctlLength || !SysctlName().IsMatch(sysctl.Name))
            {
                errors.Invalid(at, sysctl.Name, $"must have at most {MaxSysctlLength} characters and match regex {SysctlFormat}");
            }
            else if (!names.Add(sysctl.Name))
            {
                errors.Duplicate(at, sysctl.Name);
            }
            if (HostSysctls.ComplaintAbout(sysctl.Name, spec.HostNetwork, spec.HostIPC) is { } complaint)
            {
                errors.Invalid(at, sysctl.Name, complaint);
            }
        }
    }

    /// <summary>A pod with users of its own shares no other namespace with its host.</summary>
    public static void HostUsers(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.HostUsers != false)
        {
            return;
        }
        const string Detail = "when `pod.Spec.HostUsers` is false";
        foreach (var (isShared, field) in new[] { (spec.HostNetwork, "hostNetwork"), (spec.HostPID, "HostPID"), (spec.HostIPC, "HostIPC") })
        {
            if (isShared)
            {
                errors.Forbidden(path.Child(field), Detail);
            }
        }
    }

    private static void OneOf(string? value, FieldPath path, FieldErrors errors, params string[] known)
    {
        if (value is not null && !known.Contains(value))
        {
            errors.NotSupported(path, value, known);
        }
    }

    [GeneratedRegex(SysctlFormat, RegexOptions.NonBacktracking)]
    private static partial Regex SysctlName();
}

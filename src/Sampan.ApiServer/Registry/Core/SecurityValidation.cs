using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of security contexts.</summary>
internal static class SecurityValidation
{
    private static readonly string[] SeccompTypes = ["Localhost", "RuntimeDefault", "Unconfined"];

    public static void Validate(SecurityContext? context, FieldPath path, FieldErrors errors)
    {
        if (context is null)
        {
            return;
        }
        Id(context.RunAsUser, path.Child("runAsUser"), errors);
        Id(context.RunAsGroup, path.Child("runAsGroup"), errors);
        if (context.ProcMount is not (null or "Default" or "Unmasked"))
        {
            errors.NotSupported(path.Child("procMount"), context.ProcMount, "Default", "Unmasked");
        }
        if (context.AllowPrivilegeEscalation == false)
        {
            if (context.Privileged == true)
            {
                errors.Invalid(path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            if ((context.Capabilities?.Add).OrEmpty().Contains("CAP_SYS_ADMIN"))
            {
                errors.Invalid(path, context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
        Seccomp(context.SeccompProfile, path.Child("seccompProfile"), errors);
    }

    public static void Seccomp(SeccompProfile? profile, FieldPath path, FieldErrors errors)
    {
        if (profile is null)
        {
            return;
        }
        if (!SeccompTypes.Contains(profile.Type))
        {
            errors.NotSupported(path.Child("type"), profile.Type, SeccompTypes);
        }
        if (profile.Type == "Localhost" && string.IsNullOrEmpty(profile.LocalhostProfile))
        {
            errors.Required(path.Child("localhostProfile"), "must be set when seccomp type is Localhost");
        }
        if (profile.Type != "Localhost" && profile.LocalhostProfile is not null)
        {
            errors.Invalid(path.Child("localhostProfile"), profile, "can only be set when seccomp type is Localhost");
        }
    }

    private static void Id(long? id, FieldPath path, FieldErrors errors)
    {
        if (id is < 0 or > int.MaxValue)
        {
            errors.Invalid(path, id, "must be between 0 and 2147483647, inclusive");
        }
    }
}

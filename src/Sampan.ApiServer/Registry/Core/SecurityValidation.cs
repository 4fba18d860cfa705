using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of security contexts.</summary>
internal static class SecurityValidation
{
    private const int MaxProfileLength = 4095;

    private static readonly string[] SeccompTypes = ["Localhost", "RuntimeDefault", "Unconfined"];

    /// <param name="sharesUsers">Whether the pod's users are the host's, from which /proc must then be hidden.</param>
    public static void Validate(SecurityContext? context, FieldPath path, FieldErrors errors, bool sharesUsers)
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
        if (context.ProcMount == "Unmasked" && sharesUsers)
        {
            errors.Invalid(path.Child("procMount"), context.ProcMount, "`hostUsers` must be false to use `Unmasked`");
        }
        Seccomp(context.SeccompProfile, path.Child("seccompProfile"), errors);
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
        WindowsOptionsValidation.Validate(context.WindowsOptions, path.Child("windowsOptions"), errors);
        AppArmor(context.AppArmorProfile, path.Child("appArmorProfile"), errors);
    }

    public static void Seccomp(SeccompProfile? profile, FieldPath path, FieldErrors errors)
    {
        if (profile is null)
        {
            return;
        }
        if (profile.Type.Length == 0)
        {
            errors.Required(path.Child("type"), "type is required when seccompProfile is set");
        }
        else if (!SeccompTypes.Contains(profile.Type))
        {
            errors.NotSupported(path.Child("type"), profile.Type, SeccompTypes);
        }
        if (profile.Type == "Localhost")
        {
            LocalProfile(profile.LocalhostProfile, path.Child("localhostProfile"), errors);
        }
        if (profile.Type != "Localhost" && profile.LocalhostProfile is not null)
        {
            errors.Invalid(path.Child("localhostProfile"), profile, "can only be set when seccomp type is Localhost");
        }
    }

    public static void AppArmor(AppArmorProfile? profile, FieldPath path, FieldErrors errors)
    {
        var local = path.Child("localhostProfile");
        switch (profile?.Type)
        {
            case null:
                break;
            case "":
                errors.Required(path.Child("type"), "type is required when appArmorProfile is set");
                break;
            case "Localhost" when string.IsNullOrEmpty(profile.LocalhostProfile):
                errors.Required(local, "must be set when AppArmor type is Localhost");
                break;
            case "Localhost":
                LocalAppArmor(profile.LocalhostProfile, local, errors);
                break;
            case "RuntimeDefault" or "Unconfined":
                if (profile.LocalhostProfile is not null)
                {
                    errors.Invalid(local, profile.LocalhostProfile, "can only be set when AppArmor type is Localhost");
                }
                break;
            default:
                errors.NotSupported(path.Child("type"), profile.Type, SeccompTypes);
                break;
        }
    }

    private static void LocalAppArmor(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Trim() != name)
        {
            errors.Invalid(path, name, "must not be padded with whitespace");
        }
        if (name.Length > MaxProfileLength)
        {
            errors.TooLong(path, MaxProfileLength);
        }
    }

    private static void LocalProfile(string? name, FieldPath path, FieldErrors errors)
    {
        if (name is null)
        {
            errors.Required(path, "must be set when seccomp type is Localhost");
        }
        else
        {
            PathValidation.LocalDescending(name, path, errors);
        }
    }

    public static void Id(long? id, FieldPath path, FieldErrors errors)
    {
        if (id is < 0 or > int.MaxValue)
        {
            errors.Invalid(path, id, "must be between 0 and 2147483647, inclusive");
        }
    }
}

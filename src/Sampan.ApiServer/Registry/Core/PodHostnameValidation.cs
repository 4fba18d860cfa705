using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of a host name that a pod gives itself whole.</summary>
internal static class PodHostnameValidation
{
    private const int MaxLength = 64;

    public static void Override(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.HostnameOverride is not { } name)
        {
            return;
        }
        var at = path.Child("hostnameOverride");
        errors.Invalid(at, name, Names.IsDns1123Subdomain(name));
        if (name.Length > MaxLength)
        {
            errors.TooLong(at, MaxLength);
        }
        if (spec.HostNetwork)
        {
            errors.Forbidden(at, "may not be set when `hostNetwork` is true");
        }
        if (spec.SetHostnameAsFQDN == true)
        {
            errors.Forbidden(at, "may not be set when `setHostnameAsFQDN` is true");
        }
    }
}

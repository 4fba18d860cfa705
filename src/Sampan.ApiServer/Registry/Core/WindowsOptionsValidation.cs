using System.Buffers;
using System.Text.RegularExpressions;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what Windows pods say instead of user numbers. Upstream: validateWindowsSecurityContextOptions.</summary>
internal static partial class WindowsOptionsValidation
{
    private const int MaxSpecBytes = 64 * 1024;
    private const int MaxDomain = 256;
    private const int MaxUser = 104;

    private static readonly SearchValues<char> NotInUsers = SearchValues.Create("\"/\\:;|=,+*?<>@[]");

    public static void Validate(WindowsSecurityContextOptions? options, FieldPath path, FieldErrors errors)
    {
        if (options?.GmsaCredentialSpecName is { } name)
        {
            errors.Invalid(path.Child("gmsaCredentialSpecName"), name, Names.IsDns1123Subdomain(name));
        }
        if (options?.GmsaCredentialSpec is { Length: 0 or > MaxSpecBytes } spec)
        {
            errors.Invalid(
                path.Child("gmsaCredentialSpec"), spec,
                spec.Length == 0 ? "gmsaCredentialSpec cannot be an empty string" : "gmsaCredentialSpec size must be under 64 KiB");
        }
        if (options?.RunAsUserName is { } user)
        {
            errors.Invalid(path.Child("runAsUserName"), user, ComplaintsAbout(user).Select(complaint => "runAsUserName" + complaint));
        }
    }

    /// <summary>Pods whose containers are processes of the host are so as a whole, and on its network.</summary>
    public static void HostProcess(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var pod = spec.SecurityContext?.WindowsOptions?.HostProcess;
        if (pod is null && !spec.Containers.Concat(spec.InitContainers.OrEmpty()).Any(one => one.SecurityContext?.WindowsOptions is not null))
        {
            return;
        }
        var (all, hostProcesses) = (0, 0);
        foreach (var (container, at) in PodContainers.Of(spec, path))
        {
            var own = container.SecurityContext?.WindowsOptions?.HostProcess;
            if (pod is { } wanted && own is { } given && wanted != given)
            {
                errors.Invalid(
                    at.Child("securityContext", "windowsOptions", "hostProcess"), given,
                    $"pod hostProcess value must be identical if both are specified, was {(wanted ? "true" : "false")}");
            }
            all++;
            hostProcesses += own ?? pod ?? false ? 1 : 0;
        }
        if (hostProcesses > 0 && hostProcesses != all)
        {
            errors.Invalid(path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }
        if (hostProcesses > 0 && !spec.HostNetwork)
        {
            errors.Invalid(path.Child("hostNetwork"), false, "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private static IEnumerable<string> ComplaintsAbout(string name)
    {
        var parts = name.Split('\\');
        if (name.Length == 0)
        {
            return [" cannot be an empty string"];
        }
        if (name.Any(char.IsControl))
        {
            return [" cannot contain control characters"];
        }
        return parts.Length > 2
            ? [" cannot contain more than one backslash"]
            : [.. parts.Length == 2 ? AboutDomain(parts[0]) : [], .. AboutUser(parts[^1])];
    }

    private static IEnumerable<string> AboutDomain(string domain)
    {
        if (domain.Length >= MaxDomain)
        {
            yield return $"'s Domain length must be under {MaxDomain} characters";
        }
        if (!NetBios().IsMatch(domain) && !Dns().IsMatch(domain))
        {
            yield return "'s Domain doesn't match the NetBios nor the DNS format";
        }
    }

    private static IEnumerable<string> AboutUser(string user)
    {
        if (user.Length == 0)
        {
            yield return "'s User cannot be empty";
        }
        else if (user.Length > MaxUser)
        {
            yield return $"'s User length must not be longer than {MaxUser} characters";
        }
        if (user.Length > 0 && user.All(c => c is '.' or ' '))
        {
            yield return "'s User cannot contain only periods or spaces";
        }
        if (user.AsSpan().ContainsAny(NotInUsers))
        {
            yield return "'s User cannot contain the following characters: \"/\\:;|=,+*?<>@[]";
        }
    }

    [GeneratedRegex(@"^[^\\/:\*\?""<>|\.][^\\/:\*\?""<>|]{0,14}$", RegexOptions.NonBacktracking)]
    private static partial Regex NetBios();

    [GeneratedRegex(@"^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Dns();
}

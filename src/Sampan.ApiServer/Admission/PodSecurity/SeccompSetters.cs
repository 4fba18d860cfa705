using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Admission.PodSecurity.CheckText;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>Who switches system call filtering off.</summary>
internal static class SeccompSetters
{
    public static bool IsGood(SeccompProfile? profile) => profile?.Type is "RuntimeDefault" or "Localhost";

    public static Violation? Find(PodView pod)
    {
        var containers = pod.Containers.Where(one => one.Context?.SeccompProfile is { } own && !IsGood(own)).ToList();
        var isPodBad = pod.Context?.SeccompProfile is { } shared && !IsGood(shared);
        List<string> values = [.. containers.Select(one => one.Context!.SeccompProfile!.Type)];
        if (isPodBad)
        {
            values.Add(pod.Context!.SeccompProfile!.Type);
        }
        return values.Count == 0 ? null : new(
            "seccompProfile",
            $"{Setters(isPodBad, [.. containers.Select(one => one.Name)])} must not set securityContext.seccompProfile.type to {Sorted(values)}");
    }
}

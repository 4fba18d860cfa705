using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Admission;

/// <summary>A pod that asks for an AppArmor profile runs only where the kernel enforces it.</summary>
internal static class AppArmor
{
    private const string Switch = "/sys/module/apparmor/parameters/enabled";

    public static bool IsEnabled() => File.Exists(Switch) && File.ReadAllText(Switch).StartsWith('Y');

    public static PodTermination? Check(Pod pod, Func<bool> isEnabled)
    {
        var isWanted = IsProfile(pod.Spec.SecurityContext?.AppArmorProfile) || pod.AllContainers().Any(c => IsProfile(c.SecurityContext?.AppArmorProfile));
        return isWanted && !isEnabled()
            ? new PodTermination("AppArmor", "Cannot enforce AppArmor: AppArmor is not enabled on the host") { IsRejection = true }
            : null;
    }

    private static bool IsProfile(AppArmorProfile? profile) => profile is { Type: not "Unconfined" };
}

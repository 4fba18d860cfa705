using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Server;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Configuration;

/// <summary>Names that are none of those that are known, and what this kubelet does not do.</summary>
internal static class ChoiceChecks
{
    private static readonly string[] HairpinModes = ["none", "hairpin-veth", "promiscuous-bridge"];
    private static readonly string[] Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    public static IEnumerable<string> Of(KubeletConfiguration c) => [.. Policies(c), .. Unsupported(c)];

    /// <summary>Texts that do not begin as the others do.</summary>
    public static IEnumerable<string> Foreign(KubeletConfiguration c)
    {
        if (c.CpuManagerPolicy is not ("none" or "static")) yield return $"unknown policy: \"{c.CpuManagerPolicy}\"";
        if (c.MemoryManagerPolicy is not ("None" or "Static")) yield return $"unknown policy: \"{c.MemoryManagerPolicy}\"";
        foreach (var problem in CpuOptions.Problems(c.CpuManagerPolicy, c.CpuManagerPolicyOptions).Concat(TopologyOptions.Problems(c.TopologyManagerPolicyOptions))) yield return problem;
        if (!TlsSettings.Versions.Contains(c.TlsMinVersion)) yield return $"unknown tls version \"{c.TlsMinVersion}\"";
        foreach (var suite in c.TlsCipherSuites.Where(n => n.Length == 0 || TlsSettings.Find(n) is null)) yield return $"Cipher suite {suite} not supported or doesn't exist";
        foreach (var taint in c.RegisterWithTaints.Where(t => t.Key.Length == 0 || !Effects.Contains(t.Effect))) yield return $"invalid taint: {{{taint.Key} {taint.Value} {taint.Effect} <nil>}}";
    }

    private static IEnumerable<string> Policies(KubeletConfiguration c)
    {
        if (c.Authorization.Mode is not (KubeletAuthorization.AlwaysAllow or KubeletAuthorization.ByWebhook)) yield return $"authorization.mode \"{c.Authorization.Mode}\" must be one of AlwaysAllow, Webhook";
        if (c.ConfigMapAndSecretChangeDetectionStrategy is not ("Get" or "Cache" or "Watch")) yield return $"configMapAndSecretChangeDetectionStrategy \"{c.ConfigMapAndSecretChangeDetectionStrategy}\" must be one of: \"Get\", \"Cache\", \"Watch\"";
        if (!TopologyPolicy.Names.Contains(c.TopologyManagerPolicy)) yield return $"topologyManagerPolicy (--topology-manager-policy) \"{c.TopologyManagerPolicy}\" must be one of: [\"{string.Join("\" \"", TopologyPolicy.Names)}\"]";
        if (c.TopologyManagerScope is not ("container" or "pod")) yield return $"topologyManagerScope (--topology-manager-scope) \"{c.TopologyManagerScope}\" must be one of: \"container\", or \"pod\"";
        if (c.MemorySwap.SwapBehavior is not ("" or "NoSwap" or MemorySwapConfiguration.LimitedSwap)) yield return $"memorySwap.swapBehavior \"{c.MemorySwap.SwapBehavior}\" must be one of: \"\", \"LimitedSwap\" or \"NoSwap\"";
        if (!HairpinModes.Contains(c.HairpinMode)) yield return $"option \"{c.HairpinMode}\" specified for hairpinMode (--hairpin-mode). Valid options are \"none\", \"hairpin-veth\" or \"promiscuous-bridge\"";
        if (!VerificationPolicy.Names.Contains(c.ImagePullCredentialsVerificationPolicy)) yield return $"option \"{c.ImagePullCredentialsVerificationPolicy}\" specified for imagePullCredentialsVerificationPolicy. Valid options are \"{string.Join("\", \"", VerificationPolicy.Names.SkipLast(1))}\" or \"{VerificationPolicy.Names[^1]}\"";
        if (c.PreloadedImagesVerificationAllowlist.Count > 0 && c.ImagePullCredentialsVerificationPolicy != VerificationPolicy.NeverAllowlisted) yield return "can't set `preloadedImagesVerificationAllowlist` if `imagePullCredentialsVertificationPolicy` is not \"NeverVerifyAllowlistedImages\"";
    }

    private static IEnumerable<string> Unsupported(KubeletConfiguration c)
    {
        if (c.CgroupDriver is not (CgroupDriver.Cgroupfs or CgroupDriver.Systemd)) yield return $"cgroupDriver (--cgroup-driver) \"{c.CgroupDriver}\" must be one of: \"cgroupfs\", \"systemd\"";
        if (c.CpuCfsQuotaPeriod.ToTimeSpan() != TimeSpan.FromMilliseconds(100)) yield return $"cpuCFSQuotaPeriod (--cpu-cfs-quota-period) {{{c.CpuCfsQuotaPeriod}}} requires feature gate CustomCPUCFSQuotaPeriod";
        if (c.MemoryReservationPolicy == "TieredReservation") yield return "memoryReservationPolicy \"TieredReservation\" requires MemoryQoS feature gate to be enabled";
        else if (c.MemoryReservationPolicy != "None") yield return $"option \"{c.MemoryReservationPolicy}\" specified for memoryReservationPolicy. Valid options are \"None\" or \"TieredReservation\"";
        if (c.RunOnce) yield return "runOnce (--runOnce) true, Runonce mode has been deprecated and should not be set";
    }
}

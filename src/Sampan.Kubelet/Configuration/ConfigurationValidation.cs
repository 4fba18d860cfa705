using Sampan.Api;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Server;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Configuration;

/// <summary>What cannot be meant. Texts are upstream's (pkg/kubelet/apis/config/validation), all problems at once.</summary>
internal static class ConfigurationValidation
{
    private static readonly string[] Enforceable = ["pods", "none", "system-reserved", "kube-reserved", "system-reserved-compressible", "kube-reserved-compressible"];

    /// <exception cref="ConfigurationException">Everything that is wrong with it.</exception>
    public static KubeletConfiguration Check(KubeletConfiguration c)
    {
        var problems = Problems(c).ToList();
        return problems.Count == 0
            ? c
            : throw new ConfigurationException("failed to validate kubelet configuration, error: " + (problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]"));
    }

    private static IEnumerable<string> Problems(KubeletConfiguration c) =>
        Numbers(c).Concat(Shutdown(c)).Concat(Choices(c)).Concat(Quantities(c));

    private static IEnumerable<string> Numbers(KubeletConfiguration c)
    {
        if (c.NodeLeaseDurationSeconds <= 0) yield return "invalid configuration: nodeLeaseDurationSeconds must be greater than 0";
        if (!c.CgroupsPerQos && c.EnforceNodeAllocatable.Count > 0) yield return "invalid configuration: enforceNodeAllocatable (--enforce-node-allocatable) is not supported unless cgroupsPerQOS (--cgroups-per-qos) is set to true";
        if (c.EventBurst < 0) yield return $"invalid configuration: eventBurst (--event-burst) {c.EventBurst} must not be a negative number";
        if (c.EventRecordQps < 0) yield return $"invalid configuration: eventRecordQPS (--event-qps) {c.EventRecordQps} must not be a negative number";
        if (c.HealthzPort is < 0 or > 65535) yield return $"invalid configuration: healthzPort (--healthz-port) {c.HealthzPort} must be between 1 and 65535, inclusive";
        if (c.ImageGcHighThresholdPercent is < 0 or > 100) yield return $"invalid configuration: imageGCHighThresholdPercent (--image-gc-high-threshold) {c.ImageGcHighThresholdPercent} must be between 0 and 100, inclusive";
        if (c.ImageGcLowThresholdPercent is < 0 or > 100) yield return $"invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold) {c.ImageGcLowThresholdPercent} must be between 0 and 100, inclusive";
        if (c.ImageGcLowThresholdPercent >= c.ImageGcHighThresholdPercent) yield return $"invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold) {c.ImageGcLowThresholdPercent} must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) {c.ImageGcHighThresholdPercent}";
        if (c.ImageMaximumGcAge != default && c.ImageMaximumGcAge <= c.ImageMinimumGcAge) yield return $"invalid configuration: imageMaximumGCAge {c.ImageMaximumGcAge} must be greater than imageMinimumGCAge {c.ImageMinimumGcAge}";
        if (c.MaxOpenFiles < 0) yield return $"invalid configuration: maxOpenFiles (--max-open-files) {c.MaxOpenFiles} must not be a negative number";
        if (c.MaxPods < 0) yield return $"invalid configuration: maxPods (--max-pods) {c.MaxPods} must not be a negative number";
        if (c.OomScoreAdj is < -1000 or > 1000) yield return $"invalid configuration: oomScoreAdj (--oom-score-adj) {c.OomScoreAdj} must be between -1000 and 1000, inclusive";
        if (c.PodsPerCore < 0) yield return $"invalid configuration: podsPerCore (--pods-per-core) {c.PodsPerCore} must not be a negative number";
        if (c.Port is < 0 or > 65535) yield return $"invalid configuration: port (--port) {c.Port} must be between 1 and 65535, inclusive";
        if (c.ReadOnlyPort is < 0 or > 65535) yield return $"invalid configuration: readOnlyPort (--read-only-port) {c.ReadOnlyPort} must be between 0 and 65535, inclusive";
        if (c.ContainerLogMaxFiles < 2) yield return $"invalid configuration: containerLogMaxFiles (--container-log-max-files) {c.ContainerLogMaxFiles} must be greater than 1";
        if (c.MaxParallelImagePulls is < 1) yield return $"invalid configuration: maxParallelImagePulls {c.MaxParallelImagePulls} must be a positive number";
        if (c.SerializeImagePulls && c.MaxParallelImagePulls is > 1) yield return "invalid configuration: maxParallelImagePulls cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is set to false";
    }

    private static IEnumerable<string> Shutdown(KubeletConfiguration c)
    {
        if (c.ShutdownGracePeriod < c.ShutdownGracePeriodCriticalPods) yield return $"invalid configuration: shutdownGracePeriod {{{c.ShutdownGracePeriod}}} must be >= shutdownGracePeriodCriticalPods {{{c.ShutdownGracePeriodCriticalPods}}}";
        if (c.ShutdownGracePeriodByPodPriority.Count > 0 && c.ShutdownGracePeriod != default) yield return "invalid configuration: Cannot specify both shutdownGracePeriodByPodPriority and shutdownGracePeriod at the same time";
        var longest = c.CrashLoopBackOff.MaxContainerRestartPeriod;
        if (longest < new Duration(TimeSpan.FromSeconds(1)) || longest > new Duration(TimeSpan.FromMinutes(5))) yield return $"invalid configuration: CrashLoopBackOff.MaxContainerRestartPeriod (got: {longest} seconds) must be set between 1s and 300s";
    }

    private static IEnumerable<string> Choices(KubeletConfiguration c)
    {
        if (c.Authorization.Mode is not (KubeletAuthorization.AlwaysAllow or KubeletAuthorization.ByWebhook)) yield return $"invalid configuration: authorization.mode \"{c.Authorization.Mode}\" must be one of AlwaysAllow, Webhook";
        if (c.CgroupDriver != "cgroupfs") yield return $"invalid configuration: cgroupDriver (--cgroup-driver) \"{c.CgroupDriver}\" is not supported: use cgroupfs, and the same in the container runtime";
        if (c.ConfigMapAndSecretChangeDetectionStrategy is not ("Get" or "Cache" or "Watch")) yield return $"invalid configuration: configMapAndSecretChangeDetectionStrategy \"{c.ConfigMapAndSecretChangeDetectionStrategy}\" must be one of: \"Get\", \"Cache\", \"Watch\"";
        if (c.CpuManagerPolicy is not ("none" or "static")) yield return $"unknown policy: \"{c.CpuManagerPolicy}\"";
        foreach (var option in c.CpuManagerPolicyOptions.Keys.Where(o => !CpuOptions.Names.Contains(o))) yield return $"invalid configuration: cpuManagerPolicyOptions \"{option}\" is not supported: use \"{string.Join("\", \"", CpuOptions.Names)}\"";
        if (c.MemoryManagerPolicy is not ("None" or "Static")) yield return $"unknown policy: \"{c.MemoryManagerPolicy}\"";
        if (!TopologyPolicy.Names.Contains(c.TopologyManagerPolicy)) yield return $"invalid configuration: topologyManagerPolicy (--topology-manager-policy) \"{c.TopologyManagerPolicy}\" must be one of: [\"{string.Join("\" \"", TopologyPolicy.Names)}\"]";
        if (c.TopologyManagerScope is not ("container" or "pod")) yield return $"invalid configuration: topologyManagerScope (--topology-manager-scope) \"{c.TopologyManagerScope}\" must be one of: \"container\", or \"pod\"";
        foreach (var option in c.TopologyManagerPolicyOptions.Keys) yield return $"invalid configuration: topologyManagerPolicyOptions \"{option}\" is not supported";
        if (c.MemorySwap.SwapBehavior is not ("" or "NoSwap" or MemorySwapConfiguration.LimitedSwap)) yield return $"invalid configuration: memorySwap.swapBehavior \"{c.MemorySwap.SwapBehavior}\" must be one of: \"\", \"LimitedSwap\" or \"NoSwap\"";
        if (!TlsSettings.Versions.Contains(c.TlsMinVersion)) yield return $"unknown tls version \"{c.TlsMinVersion}\"";
        foreach (var suite in c.TlsCipherSuites.Where(n => n.Length == 0 || TlsSettings.Find(n) is null)) yield return $"Cipher suite {suite} not supported or doesn't exist";
        if (c.CpuCfsQuotaPeriod.ToTimeSpan() != TimeSpan.FromMilliseconds(100)) yield return $"invalid configuration: cpuCFSQuotaPeriod (--cpu-cfs-quota-period) {{{c.CpuCfsQuotaPeriod}}} requires feature gate CustomCPUCFSQuotaPeriod";
        if (c.StaticPodUrl.Length > 0) yield return "invalid configuration: staticPodURL is not supported: use staticPodPath";
        foreach (var name in c.EnforceNodeAllocatable.Where(n => !Enforceable.Contains(n))) yield return $"invalid configuration: option \"{name}\" specified for enforceNodeAllocatable (--enforce-node-allocatable). Valid options are \"pods\", \"system-reserved\", \"system-reserved-compressible\", \"kube-reserved\", \"kube-reserved-compressible\" or \"none\"";
        if (c.EnforceNodeAllocatable.Contains("none") && c.EnforceNodeAllocatable.Count > 1) yield return "invalid configuration: enforceNodeAllocatable (--enforce-node-allocatable) may not contain additional enforcements when \"none\" is specified";
    }

    private static IEnumerable<string> Quantities(KubeletConfiguration c)
    {
        foreach (var (field, values) in new[] { ("systemReserved", c.SystemReserved), ("kubeReserved", c.KubeReserved) })
        {
            foreach (var (resource, text) in values.Where(v => !Quantity.TryParse(v.Value, out _))) yield return $"invalid configuration: {field}: failed to parse quantity \"{text}\" for \"{resource}\" resource";
        }

        if (!Quantity.TryParse(c.ContainerLogMaxSize, out var size) || size.AsLong() <= 0) yield return $"invalid configuration: containerLogMaxSize \"{c.ContainerLogMaxSize}\" must be a positive quantity";
        foreach (var signal in c.EvictionSoft.Keys.Where(s => !c.EvictionSoftGracePeriod.ContainsKey(s))) yield return $"invalid configuration: grace period must be specified for the soft eviction threshold {signal}";
    }
}

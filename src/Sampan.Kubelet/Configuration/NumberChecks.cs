using Sampan.Api;

namespace Sampan.Kubelet.Configuration;

/// <summary>Numbers, ports and times that are out of their range, or contradict each other.</summary>
internal static class NumberChecks
{
    private static readonly Duration Second = TimeSpan.FromSeconds(1);

    public static IEnumerable<string> Of(KubeletConfiguration c) => [.. Counts(c), .. Ports(c), .. Images(c), .. Shutdown(c)];

    private static IEnumerable<string> Counts(KubeletConfiguration c)
    {
        if (c.NodeLeaseDurationSeconds <= 0) yield return "nodeLeaseDurationSeconds must be greater than 0";
        if (c.EventBurst < 0) yield return $"eventBurst (--event-burst) {c.EventBurst} must not be a negative number";
        if (c.EventRecordQps < 0) yield return $"eventRecordQPS (--event-qps) {c.EventRecordQps} must not be a negative number";
        if (c.KubeApiBurst < 0) yield return $"kubeAPIBurst (--kube-api-burst) {c.KubeApiBurst} must not be a negative number";
        if (c.KubeApiQps < 0) yield return $"kubeAPIQPS (--kube-api-qps) {c.KubeApiQps} must not be a negative number";
        if (c.NodeStatusMaxImages < -1) yield return $"nodeStatusMaxImages (--node-status-max-images) {c.NodeStatusMaxImages} must be -1 or greater";
        if (c.MaxOpenFiles < 0) yield return $"maxOpenFiles (--max-open-files) {c.MaxOpenFiles} must not be a negative number";
        if (c.MaxPods < 0) yield return $"maxPods (--max-pods) {c.MaxPods} must not be a negative number";
        if (c.OomScoreAdj is < -1000 or > 1000) yield return $"oomScoreAdj (--oom-score-adj) {c.OomScoreAdj} must be between -1000 and 1000, inclusive";
        if (c.PodsPerCore < 0) yield return $"podsPerCore (--pods-per-core) {c.PodsPerCore} must not be a negative number";
        if (c.IptablesDropBit is < 0 or > 31) yield return $"iptablesDropBit (--iptables-drop-bit) {c.IptablesDropBit} must be between 0 and 31, inclusive";
        if (c.IptablesMasqueradeBit is < 0 or > 31) yield return $"iptablesMasqueradeBit (--iptables-masquerade-bit) {c.IptablesMasqueradeBit} must be between 0 and 31, inclusive";
        if (c.MemoryThrottlingFactor is <= 0 or > 1) yield return $"memoryThrottlingFactor {c.MemoryThrottlingFactor} must be greater than 0 and less than or equal to 1.0";
        if (c.UserNamespaces.IdsPerPod is <= 0 or >= 1L << 32 || c.UserNamespaces.IdsPerPod % 65536 != 0) yield return $"userNamespaces.idsPerPod {c.UserNamespaces.IdsPerPod} must be a multiple of 65536, and less than 4294967296";
        var longest = c.CrashLoopBackOff.MaxContainerRestartPeriod;
        if (longest < Second || longest > new Duration(TimeSpan.FromMinutes(5))) yield return $"CrashLoopBackOff.MaxContainerRestartPeriod (got: {longest.ToTimeSpan().TotalSeconds} seconds) must be set between 1s and 300s";
    }

    /// <summary>A port of 0 is any free one, which upstream does not have.</summary>
    private static IEnumerable<string> Ports(KubeletConfiguration c)
    {
        if (c.HealthzPort is < 0 or > 65535) yield return $"healthzPort (--healthz-port) {c.HealthzPort} must be between 1 and 65535, inclusive";
        if (c.Port is < 0 or > 65535) yield return $"port (--port) {c.Port} must be between 1 and 65535, inclusive";
        if (c.ReadOnlyPort is < 0 or > 65535) yield return $"readOnlyPort (--read-only-port) {c.ReadOnlyPort} must be between 0 and 65535, inclusive";
    }

    private static IEnumerable<string> Images(KubeletConfiguration c)
    {
        if (c.ImageGcHighThresholdPercent is < 0 or > 100) yield return $"imageGCHighThresholdPercent (--image-gc-high-threshold) {c.ImageGcHighThresholdPercent} must be between 0 and 100, inclusive";
        if (c.ImageGcLowThresholdPercent is < 0 or > 100) yield return $"imageGCLowThresholdPercent (--image-gc-low-threshold) {c.ImageGcLowThresholdPercent} must be between 0 and 100, inclusive";
        if (c.ImageGcLowThresholdPercent >= c.ImageGcHighThresholdPercent) yield return $"imageGCLowThresholdPercent (--image-gc-low-threshold) {c.ImageGcLowThresholdPercent} must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) {c.ImageGcHighThresholdPercent}";
        if (c.ImageMinimumGcAge < default(Duration)) yield return $"imageMinimumGCAge {c.ImageMinimumGcAge} must not be negative";
        if (c.ImageMaximumGcAge < default(Duration)) yield return $"imageMaximumGCAge {c.ImageMaximumGcAge} must not be negative";
        if (c.ImageMaximumGcAge > default(Duration) && c.ImageMaximumGcAge <= c.ImageMinimumGcAge) yield return $"imageMaximumGCAge {c.ImageMaximumGcAge} must be greater than imageMinimumGCAge {c.ImageMinimumGcAge}";
        if (c.RegistryBurst < 0) yield return $"registryBurst (--registry-burst) {c.RegistryBurst} must not be a negative number";
        if (c.RegistryPullQps < 0) yield return $"registryPullQPS (--registry-qps) {c.RegistryPullQps} must not be a negative number";
        if (c.MaxParallelImagePulls is < 1) yield return $"maxParallelImagePulls {c.MaxParallelImagePulls} must be a positive number";
        if (c.SerializeImagePulls && c.MaxParallelImagePulls is > 1) yield return "maxParallelImagePulls cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is set to false";
    }

    private static IEnumerable<string> Shutdown(KubeletConfiguration c)
    {
        if (c.ShutdownGracePeriod < c.ShutdownGracePeriodCriticalPods) yield return $"shutdownGracePeriodCriticalPods {{{c.ShutdownGracePeriodCriticalPods}}} must be <= shutdownGracePeriod {{{c.ShutdownGracePeriod}}}";
        if (IsTooShort(c.ShutdownGracePeriod)) yield return $"shutdownGracePeriod {{{c.ShutdownGracePeriod}}} must be either zero or otherwise >= 1 sec";
        if (IsTooShort(c.ShutdownGracePeriodCriticalPods)) yield return $"shutdownGracePeriodCriticalPods {{{c.ShutdownGracePeriodCriticalPods}}} must be either zero or otherwise >= 1 sec";
        if (c.ShutdownGracePeriodByPodPriority.Count > 0 && (c.ShutdownGracePeriod != default || c.ShutdownGracePeriodCriticalPods != default)) yield return "Cannot specify both shutdownGracePeriodByPodPriority and shutdownGracePeriod at the same time";
    }

    private static bool IsTooShort(Duration duration) => duration != default && duration < Second;
}

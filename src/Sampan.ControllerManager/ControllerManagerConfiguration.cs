using System.Text.Json.Nodes;

namespace Sampan.ControllerManager;

/// <summary>The settings in force, in the shape of upstream's kubecontrollermanager.config.k8s.io, for <c>/configz</c>.</summary>
public static class ControllerManagerConfiguration
{
    public static string Of(ControllerManagerOptions options) => new JsonObject
    {
        ["kubecontrollermanager.config.k8s.io"] = new JsonObject
        {
            ["Generic"] = new JsonObject
            {
                ["Controllers"] = new JsonArray([.. options.Controllers.Select(c => (JsonNode)c)]),
                ["LeaderElection"] = new JsonObject
                {
                    ["LeaderElect"] = options.LeaderElection is not null,
                    ["LeaseDuration"] = Text(options.LeaderElection?.LeaseDuration),
                    ["RenewDeadline"] = Text(options.LeaderElection?.RenewDeadline),
                    ["RetryPeriod"] = Text(options.LeaderElection?.RetryPeriod),
                    ["ResourceName"] = options.LeaderElection?.LeaseName,
                    ["ResourceNamespace"] = options.LeaderElection?.Namespace,
                },
            },
            ["HPAController"] = new JsonObject
            {
                ["HorizontalPodAutoscalerSyncPeriod"] = Text(options.Autoscaler.SyncPeriod),
                ["HorizontalPodAutoscalerDownscaleStabilizationWindow"] = Text(options.Autoscaler.DownscaleStabilization),
                ["HorizontalPodAutoscalerTolerance"] = options.Autoscaler.Tolerance,
                ["HorizontalPodAutoscalerCPUInitializationPeriod"] = Text(options.Autoscaler.CpuInitializationPeriod),
                ["HorizontalPodAutoscalerInitialReadinessDelay"] = Text(options.Autoscaler.InitialReadinessDelay),
            },
            ["NodeLifecycleController"] = new JsonObject
            {
                ["NodeMonitorGracePeriod"] = Text(options.NodeLifecycle.MonitorGracePeriod),
                ["NodeStartupGracePeriod"] = Text(options.NodeLifecycle.StartupGracePeriod),
                ["NodeEvictionRate"] = options.NodeLifecycle.EvictionRate,
                ["SecondaryNodeEvictionRate"] = options.NodeLifecycle.SecondaryEvictionRate,
                ["LargeClusterSizeThreshold"] = options.NodeLifecycle.LargeClusterSize,
                ["UnhealthyZoneThreshold"] = options.NodeLifecycle.UnhealthyZoneThreshold,
            },
            ["EndpointSliceController"] = new JsonObject { ["MaxEndpointsPerSlice"] = options.MaxEndpointsPerSlice },
            ["AttachDetachController"] = new JsonObject { ["DisableForceDetachOnTimeout"] = !options.ForcesDetach },
            ["LegacySATokenCleaner"] = new JsonObject { ["CleanUpPeriod"] = Text(options.LegacyTokenPeriod) },
            ["CSRSigningController"] = new JsonObject { ["ClusterSigningDuration"] = Text(options.SigningDuration) },
            ["NodeIPAMController"] = new JsonObject
            {
                ["ServiceCIDR"] = options.ServiceRange?.Split(',')[0], ["NodeCIDRMaskSizeIPv4"] = options.NodeCidrPrefix, ["NodeCIDRMaskSizeIPv6"] = options.NodeCidrPrefixV6,
            },
            ["PodGCController"] = new JsonObject { ["TerminatedPodGCThreshold"] = options.TerminatedPodLimit },
            ["SAController"] = new JsonObject { ["UseServiceAccountCredentials"] = options.ClientFor is not null },
            ["ConcurrentSyncs"] = new JsonObject(options.Workers.Select(w => KeyValuePair.Create(w.Key, (JsonNode?)w.Value))),
        },
    }.ToJsonString();

    private static string? Text(TimeSpan? time) => time is { } span ? ((Duration)span).ToString() : null;
}

namespace Sampan.Client.Metrics;

/// <summary>
/// The features that upstream can switch and that are on here, under upstream's names of v1.36; none can be switched off. What is generally
/// available is not listed: it is part of the API level.
/// </summary>
internal static class Features
{
    public const string Beta = "BETA";
    public const string Alpha = "ALPHA";

    private const string On = """
        APIResponseCompression APIServerIdentity AllowParsingUserUIDFromCertAuth ComponentFlagz ComponentStatusz ConstrainedImpersonation
        ContainerRestartRules DRAConsumableCapacity DRADeviceBindingConditions DRADeviceTaints DRAExtendedResource DRAPartitionableDevices
        DRAResourceClaimDeviceStatus DRAResourceClaimGranularStatusAuthorization DRASchedulerFilterTimeout DeploymentReplicaSetTerminatingReplicas
        EnvFiles GracefulNodeShutdown GracefulNodeShutdownBasedOnPodPriority HPAConfigurableTolerance HostnameOverride
        InPlacePodLevelResourcesVerticalScaling KubeletCrashLoopBackOffMax KubeletEnsureSecretPulledImages
        KubeletServiceAccountTokenForCredentialProviders MatchLabelKeysInPodTopologySpread MatchLabelKeysInPodTopologySpreadSelectorMerge
        MaxUnavailableStatefulSet MutablePodResourcesForSuspendedJobs MutableSchedulingDirectivesForSuspendedJobs NodeDeclaredFeatures
        NominatedNodeNameForExpectation PodDeletionCost PodLevelResources PodReadyToStartContainersCondition PodTopologyLabelsAdmission
        PortForwardWebsockets ReloadKubeletClientCAFile ReloadKubeletServerCertificateFile RemoteRequestHeaderUID ResourceHealthStatus
        RestartAllContainersOnContainerExits RotateKubeletServerCertificate SizeBasedListCostEstimate
        StaleControllerConsistencyDaemonSet StaleControllerConsistencyJob StaleControllerConsistencyReplicaSet StaleControllerConsistencyStatefulSet
        StatefulSetSemanticRevisionComparison StorageVersionHash StrictIPCIDRValidation
        TranslateStreamCloseWebsocketRequests WatchList WatchListClient
        """;

    /// <summary>Off here as in a default cluster; a feature that is on in one and not built here is not listed.</summary>
    private const string Off = "AllBeta ClusterTrustBundle ClusterTrustBundleProjection CoordinatedLeaderElection DRADeviceTaintRules PodCertificateRequest SELinuxMount StorageVersionMigrator";

    private const string OffAlpha = "AllAlpha CBORServingAndStorage GangScheduling GenericWorkload HPAScaleToZero MutablePVNodeAffinity StorageVersionAPI TaintTolerationComparisonOperators";

    public static IEnumerable<(string Name, string Stage, bool IsOn)> All =>
        [.. Words(On).Select(n => (n, Beta, true)), .. Words(Off).Select(n => (n, Beta, false)), .. Words(OffAlpha).Select(n => (n, Alpha, false))];

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

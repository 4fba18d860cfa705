using static Sampan.Client.Features.Feature;

namespace Sampan.Client.Features;

/// <summary>
/// The feature gates of v1.36, all components' together, with upstream's stages, defaults and locks. Each is on or off here as by default,
/// but for those that stand for something that is not built.
/// </summary>
public static class KnownFeatures
{
    private const string StableLocked = """
        APIServerTracing AnonymousAuthConfigurableEndpoints AnyVolumeDataSource AuthorizeNodeWithSelectors AuthorizeWithSelectors BtreeWatchCache
        CPUManagerPolicyOptions CRDValidationRatcheting CSIServiceAccountTokenSecrets ConsistentListFromCache CustomResourceFieldSelectors
        DRAAdminAccess DeclarativeValidation DisableAllocatorDualWrite DynamicResourceAllocation ExecProbeTimeout ExternalServiceAccountTokenSigner
        HonorPVReclaimPolicy ImageMaximumGCAge ImageVolume InPlacePodVerticalScaling JobBackoffLimitPerIndex JobManagedBy JobPodReplacementPolicy
        JobSuccessPolicy KubeletCgroupDriverFromCRI KubeletFineGrainedAuthz KubeletPSI KubeletPodResourcesDynamicResources KubeletPodResourcesGet
        KubeletTracing LogarithmicScaleDown MatchLabelKeysInPodAffinity MultiCIDRServiceAllocator MutableCSINodeAllocatableCount
        MutatingAdmissionPolicy NFTablesProxyMode NodeInclusionPolicyInPodTopologySpread NodeLogQuery NodeSwap OrderedNamespaceDeletion
        PodLifecycleSleepAction PodLifecycleSleepActionAllowZero PodObservedGenerationTracking PodSchedulingReadiness PreferSameTrafficDistribution
        ProcMountType RecoverVolumeExpansionFailure RecursiveReadOnlyMounts RelaxedDNSSearchValidation RelaxedEnvironmentVariableValidation
        ResilientWatchCacheInitialization RetryGenerateName SELinuxChangePolicy SELinuxMountReadWriteOncePod SchedulerQueueingHints
        SeparateTaintEvictionController ServiceAccountTokenJTI ServiceAccountTokenNodeBinding ServiceAccountTokenNodeBindingValidation
        ServiceAccountTokenPodNodeInfo SidecarContainers StreamingCollectionEncodingToJSON StreamingCollectionEncodingToProtobuf
        StructuredAuthenticationConfiguration SupplementalGroupsPolicy SystemdWatchdog TopologyManagerPolicyOptions UserNamespacesSupport
        VolumeAttributesClass WinDSR WinOverlay
        """;

    private const string StableFree = "DRAPrioritizedList InformerResourceVersion";

    private const string BetaOn = """
        APIResponseCompression APIServerIdentity AllowParsingUserUIDFromCertAuth AtomicFIFO AuthorizePodWebsocketUpgradeCreatePermission
        CPUManagerPolicyBetaOptions ClearingNominatedNodeNameAfterBinding ComponentFlagz ComponentStatusz ConstrainedImpersonation
        ContainerCheckpoint ContainerRestartRules ContextualLogging DRAConsumableCapacity DRADeviceBindingConditions DRADeviceTaints
        DRAExtendedResource DRAPartitionableDevices DRAResourceClaimDeviceStatus DRAResourceClaimGranularStatusAuthorization
        DRASchedulerFilterTimeout DeclarativeValidationBeta DeploymentReplicaSetTerminatingReplicas DetectCacheInconsistency
        DisableCPUQuotaWithExclusiveCPUs EnvFiles ExtendWebSocketsToKubelet GracefulNodeShutdown GracefulNodeShutdownBasedOnPodPriority
        HPAConfigurableTolerance HostnameOverride InOrderInformers InOrderInformersBatchProcess InPlacePodLevelResourcesVerticalScaling
        InPlacePodVerticalScalingInitContainers KubeletCrashLoopBackOffMax KubeletEnsureSecretPulledImages KubeletSeparateDiskGC KubeletServiceAccountTokenForCredentialProviders
        ListFromCacheSnapshot LoggingBetaOptions MatchLabelKeysInPodTopologySpread MatchLabelKeysInPodTopologySpreadSelectorMerge
        MutablePodResourcesForSuspendedJobs MutableSchedulingDirectivesForSuspendedJobs NodeDeclaredFeatures NominatedNodeNameForExpectation
        OpenAPIEnums OpportunisticBatching PodDeletionCost PodLevelResources PodReadyToStartContainersCondition PodTopologyLabelsAdmission
        PortForwardWebsockets PreventStaticPodAPIReferences RelaxedServiceNameValidation ReloadKubeletClientCAFile
        ReloadKubeletServerCertificateFile RemoteRequestHeaderUID ResourceHealthStatus ResourceHealthStatusMessage
        RestartAllContainersOnContainerExits RotateKubeletServerCertificate SchedulerAsyncPreemption SchedulerPopFromBackoffQ
        ServiceAccountNodeAudienceRestriction SizeBasedListCostEstimate StaleControllerConsistencyDaemonSet StaleControllerConsistencyJob
        StaleControllerConsistencyReplicaSet StaleControllerConsistencyStatefulSet StatefulSetSemanticRevisionComparison StorageVersionHash
        StrictIPCIDRValidation StructuredAuthenticationConfigurationEgressSelector StructuredAuthenticationConfigurationJWKSMetrics
        TokenRequestServiceAccountUIDValidation TopologyManagerPolicyBetaOptions TranslateStreamCloseWebsocketRequests
        UnauthenticatedHTTP2DOSMitigation UnknownVersionInteroperabilityProxy UnlockWhileProcessingFIFO WatchCacheInitializationPostStartHook
        WatchList WatchListClient WindowsGracefulNodeShutdown
        """;

    private const string BetaOff = """
        AllBeta CRDObservedGenerationTracking ClusterTrustBundle ClusterTrustBundleProjection ConcurrentWatchObjectDecode CoordinatedLeaderElection
        DRADeviceTaintRules LocalStorageCapacityIsolationFSQuotaMonitoring MaxUnavailableStatefulSet PodCertificateRequest SELinuxMount
        SchedulerAsyncAPICalls StorageVersionMigrator
        """;

    private const string AlphaOff = """
        APIServingWithRoutine AllAlpha AllowUnsafeMalformedObjectDeletion CBORServingAndStorage CPUManagerPolicyAlphaOptions CRIListStreaming
        CSIVolumeHealth ClientsAllowCBOR ClientsPreferCBOR CloudControllerManagerWatchBasedRoutesReconciliation CloudControllerManagerWebhook
        ContainerStopSignals ControllerManagerReleaseLeaderElectionLockOnExit CrossNamespaceVolumeDataSource CustomCPUCFSQuotaPeriod
        DRAListTypeAttributes DRANodeAllocatableResources DRAResourcePoolStatus DRAWorkloadResourceClaims EventedPLEG GangScheduling
        GenericWorkload HPAScaleToZero ImageVolumeWithDigest InPlacePodVerticalScalingExclusiveCPUs InPlacePodVerticalScalingExclusiveMemory
        KubeletInUserNamespace LoggingAlphaOptions ManifestBasedAdmissionControlConfig MemoryQoS MutablePVNodeAffinity NativeHistograms
        PersistentVolumeClaimUnusedSinceTime PodAndContainerStatsFromCRI PodLevelResourceManagers PodLogsQuerySplitStreams PodsAPI QOSReserved
        ReduceDefaultCrashLoopBackOffDecay RuntimeClassInImageCriApi ShardedListAndWatch StorageCapacityScoring StorageVersionAPI
        TaintTolerationComparisonOperators TopologyAwareWorkloadScheduling TopologyManagerPolicyAlphaOptions UserNamespacesHostNetworkSupport
        VolumeLimitScaling WindowsCPUAndMemoryAffinity WorkloadWithJob
        """;

    private const string DeprecatedOn = "DisableNodeKubeProxyVersion KubeletPodResourcesListUseActivePods StorageNamespaceIndex";

    private const string DeprecatedOff = """
        AllowDNSOnlyNodeCSR AllowInsecureKubeletCertificateSigningRequests ChangeContainerStatusOnKubeletRestart DeclarativeValidationTakeover
        GitRepoVolumeDriver InPlacePodVerticalScalingAllocatedStatus KMSv1 KubeletRegistrationGetOnExistsOnly SeparateCacheWatchRPC
        WindowsHostNetwork
        """;

    /// <summary>On in a default cluster and not built here: upstream's inner workings, its logs, Windows, and what the flags refuse.</summary>
    private static readonly HashSet<string> NotBuilt =
    [
        "AnonymousAuthConfigurableEndpoints", "ContextualLogging", "DeclarativeValidation", "DeclarativeValidationBeta", "DetectCacheInconsistency",
        "ExternalServiceAccountTokenSigner", "KubeletTracing", "LoggingBetaOptions", "NodeLogQuery", "OpportunisticBatching",
        "StructuredAuthenticationConfiguration", "StructuredAuthenticationConfigurationEgressSelector",
        "StructuredAuthenticationConfigurationJWKSMetrics", "SystemdWatchdog", "UnknownVersionInteroperabilityProxy", "WinDSR", "WinOverlay",
        "WindowsGracefulNodeShutdown",
    ];

    public static IReadOnlyDictionary<string, Feature> All { get; } = new[]
    {
        Of(StableLocked, Stable, true, isLocked: true), Of(StableFree, Stable, true), Of(BetaOn, Beta, true), Of(BetaOff, Beta, false),
        Of(AlphaOff, Alpha, false), Of(DeprecatedOn, Deprecated, true), Of(DeprecatedOff, Deprecated, false),
        Of("AggregatedDiscoveryRemoveBetaType", Deprecated, true, isLocked: true),
        Of("AllowOverwriteTerminationGracePeriodSeconds", Deprecated, false, isLocked: true),
    }.SelectMany(group => group).ToDictionary(feature => feature.Name);

    /// <summary>What a feature needs to be on as well, of those that can be switched.</summary>
    public static IReadOnlyDictionary<string, string[]> Needs { get; } = new Dictionary<string, string[]>
    {
        ["ClusterTrustBundleProjection"] = ["ClusterTrustBundle"],
        ["DRADeviceBindingConditions"] = ["DRAResourceClaimDeviceStatus"],
        ["DRADeviceTaintRules"] = ["DRADeviceTaints"],
        ["GangScheduling"] = ["GenericWorkload"],
        ["GracefulNodeShutdownBasedOnPodPriority"] = ["GracefulNodeShutdown"],
        ["InPlacePodLevelResourcesVerticalScaling"] = ["NodeDeclaredFeatures", "PodLevelResources"],
        ["InPlacePodVerticalScalingInitContainers"] = ["NodeDeclaredFeatures"],
        ["MatchLabelKeysInPodTopologySpreadSelectorMerge"] = ["MatchLabelKeysInPodTopologySpread"],
        ["ResourceHealthStatusMessage"] = ["ResourceHealthStatus"],
        ["RestartAllContainersOnContainerExits"] = ["ContainerRestartRules", "NodeDeclaredFeatures"],
        ["StorageVersionAPI"] = ["APIServerIdentity"],
        ["UnknownVersionInteroperabilityProxy"] = ["APIServerIdentity"],
        ["WindowsGracefulNodeShutdown"] = ["GracefulNodeShutdown"],
    };

    private static IEnumerable<Feature> Of(string names, string stage, bool on, bool isLocked = false) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(name => new Feature(name, stage, on, isLocked, on && !NotBuilt.Contains(name)));
}

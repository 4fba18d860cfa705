namespace Sampan.Kubelet.Events;

/// <summary>The reasons of the kubelet's events, as upstream names them.</summary>
internal static class EventReasons
{
    public const string Normal = "Normal";
    public const string Warning = "Warning";

    public const string Pulling = "Pulling";
    public const string Pulled = "Pulled";
    public const string Failed = "Failed";
    public const string BackOff = "BackOff";
    public const string InspectFailed = "InspectFailed";
    public const string ErrImageNeverPull = "ErrImageNeverPull";
    public const string FailedToRetrieveImagePullSecret = "FailedToRetrieveImagePullSecret";

    public const string Created = "Created";
    public const string Started = "Started";
    public const string NodeShutdown = "Shutdown";
    public const string Preempting = "Preempting";
    public const string LifecycleHttpFallback = "LifecycleHTTPFallback";
    public const string Killing = "Killing";
    public const string Unhealthy = "Unhealthy";
    public const string ProbeWarning = "ProbeWarning";
    public const string FailedPostStartHook = "FailedPostStartHook";
    public const string FailedPreStopHook = "FailedPreStopHook";

    public const string FailedCreatePodContainer = "FailedCreatePodContainer";
    public const string FailedCreatePodSandBox = "FailedCreatePodSandBox";
    public const string SandboxChanged = "SandboxChanged";
    public const string FailedKillPod = "FailedKillPod";
    public const string FailedMount = "FailedMount";
    public const string AlreadyMountedVolume = "AlreadyMountedVolume";
    public const string FailedUnMount = "FailedUnMount";
    public const string FileSystemResizeSuccessful = "FileSystemResizeSuccessful";
    public const string VolumeResizeFailed = "VolumeResizeFailed";
    public const string FailedSync = "FailedSync";
    public const string NetworkNotReady = "NetworkNotReady";
    public const string DnsConfigForming = "DNSConfigForming";
    public const string MissingClusterDns = "MissingClusterDNS";
    public const string FailedPrepareDynamicResources = "FailedPrepareDynamicResources";
    public const string DeadlineExceeded = "DeadlineExceeded";

    public const string SystemOom = "SystemOOM";
    public const string EvictionThresholdMet = "EvictionThresholdMet";
    public const string FreeDiskSpaceFailed = "FreeDiskSpaceFailed";
    public const string ContainerGcFailed = "ContainerGCFailed";
    public const string ImageGcFailed = "ImageGCFailed";
    public const string InvalidDiskCapacity = "InvalidDiskCapacity";

    public const string ResizeStarted = "ResizeStarted";
    public const string ResizeCompleted = "ResizeCompleted";
    public const string ResizeError = "ResizeError";
    public const string ResizeDeferred = "ResizeDeferred";
    public const string ResizeInfeasible = "ResizeInfeasible";

    public const string Starting = "Starting";
    public const string PossibleMemoryBackedVolumesOnDisk = "PossibleMemoryBackedVolumesOnDisk";
    public const string CheckLimitsForResolvConf = "CheckLimitsForResolvConf";
    public const string CgroupV1 = "CgroupV1";
    public const string Rebooted = "Rebooted";
    public const string NodeAllocatableEnforced = "NodeAllocatableEnforced";
    public const string FailedNodeAllocatableEnforcement = "FailedNodeAllocatableEnforcement";
}

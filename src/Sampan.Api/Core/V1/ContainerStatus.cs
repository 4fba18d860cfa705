namespace Sampan.Api.Core.V1;

/// <summary>What the node reports about one container of a pod.</summary>
[ApiType("io.k8s.api.core.v1.ContainerStatus")]
public sealed partial class ContainerStatus : IApiType<ContainerStatus>
{
    /// <summary>The container of the pod's spec that this is about.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>What the container is doing right now.</summary>
    [Field("state", 2)]
    public ContainerState State { get; set; } = new();

    /// <summary>How the run before the present one ended; empty until the first restart.</summary>
    [Field("lastState", 3)]
    public ContainerState LastState { get; set; } = new();

    /// <summary>Whether the container passes its readiness probe; without a probe, true as soon as it has started.</summary>
    [Field("ready", 4, Required = true)]
    public bool Ready { get; set; }

    /// <summary>How often the container was started again; may fall back to 0 if the node loses track.</summary>
    [Field("restartCount", 5, Required = true)]
    public int RestartCount { get; set; }

    /// <summary>Image that the container runs, as the runtime resolved it; may differ from the one in the spec.</summary>
    [Field("image", 6, Required = true)]
    public string Image { get; set; } = "";

    /// <summary>Exact identity of the image that the container runs, usually with a digest.</summary>
    [Field("imageID", 7, Required = true)]
    public string ImageID { get; set; } = "";

    /// <summary>Identifier of the container, in the form runtime://id.</summary>
    [Field("containerID", 8)]
    public string? ContainerID { get; set; }

    /// <summary>Whether the container has run its postStart hook and passed its startup probe; false again after each restart.</summary>
    [Field("started", 9)]
    public bool? Started { get; set; }

    /// <summary>Requests that the node has granted the container, updated when a resize is accepted.</summary>
    [Field("allocatedResources", 10)]
    public Dictionary<string, Quantity>? AllocatedResources { get; set; }

    /// <summary>Requests and limits in force for the running container.</summary>
    [Field("resources", 11)]
    public ResourceRequirements? Resources { get; set; }

    /// <summary>How the container's volumes are in fact mounted.</summary>
    [Field("volumeMounts", 12, ListType = "map", ListKeys = ["mountPath"], PatchStrategy = "merge", MergeKey = "mountPath")]
    public List<VolumeMountStatus>? VolumeMounts { get; set; }

    /// <summary>User and groups that the container's first process began with.</summary>
    [Field("user", 13)]
    public ContainerUser? User { get; set; }

    /// <summary>Health of the devices that the container was given.</summary>
    [Field("allocatedResourcesStatus", 14, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<ResourceStatus>? AllocatedResourcesStatus { get; set; }

    /// <summary>Signal by which the runtime asks the container to stop, such as SIGTERM.</summary>
    [Field("stopSignal", 15, Pointer = true)]
    public string? StopSignal { get; set; }
}

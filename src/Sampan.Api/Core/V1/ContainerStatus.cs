namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ContainerStatus")]
public sealed partial class ContainerStatus : IApiType<ContainerStatus>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("state", 2)]
    public ContainerState State { get; set; } = new();

    [Field("lastState", 3)]
    public ContainerState LastState { get; set; } = new();

    [Field("ready", 4, Required = true)]
    public bool Ready { get; set; }

    [Field("restartCount", 5, Required = true)]
    public int RestartCount { get; set; }

    [Field("image", 6, Required = true)]
    public string Image { get; set; } = "";

    [Field("imageID", 7, Required = true)]
    public string ImageID { get; set; } = "";

    [Field("containerID", 8)]
    public string? ContainerID { get; set; }

    [Field("started", 9)]
    public bool? Started { get; set; }

    [Field("allocatedResources", 10)]
    public Dictionary<string, Quantity>? AllocatedResources { get; set; }

    [Field("resources", 11)]
    public ResourceRequirements? Resources { get; set; }

    [Field("volumeMounts", 12, ListType = "map", ListKeys = ["mountPath"], PatchStrategy = "merge", MergeKey = "mountPath")]
    public List<VolumeMountStatus>? VolumeMounts { get; set; }

    [Field("user", 13)]
    public ContainerUser? User { get; set; }

    [Field("allocatedResourcesStatus", 14, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<ResourceStatus>? AllocatedResourcesStatus { get; set; }

    [Field("stopSignal", 15, Pointer = true)]
    public string? StopSignal { get; set; }
}

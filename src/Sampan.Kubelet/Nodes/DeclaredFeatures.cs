using Sampan.Kubelet.Configuration;

namespace Sampan.Kubelet.Nodes;

/// <summary>
/// What this kubelet can do and others of its time cannot: the scheduler keeps pods that need it away from nodes that do not
/// declare it, and the API server refuses changes of pods that the node could not follow.
/// </summary>
internal static class DeclaredFeatures
{
    private const string RestartAllContainers = "RestartAllContainersOnContainerExits";

    private const string ResizePods = "InPlacePodLevelResourcesVerticalScaling";

    /// <summary>Guaranteed pods may get other processors' time while they run; not where processors are given out whole.</summary>
    private const string GuaranteedCpuResize = "GuaranteedQoSPodCPUResize";

    /// <returns>In order of their names.</returns>
    public static List<string> Of(KubeletConfiguration configuration) =>
        configuration.CpuManagerPolicy == "none" ? [GuaranteedCpuResize, ResizePods, RestartAllContainers] : [ResizePods, RestartAllContainers];
}

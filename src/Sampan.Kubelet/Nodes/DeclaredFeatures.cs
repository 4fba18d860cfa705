namespace Sampan.Kubelet.Nodes;

/// <summary>
/// What this kubelet can do and others of its time cannot: the scheduler keeps pods that need it away from nodes that do not
/// declare it, and the API server refuses changes of pods that the node could not follow. Upstream: component-helpers/nodedeclaredfeatures.
/// </summary>
internal static class DeclaredFeatures
{
    /// <summary>In order of their names.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "InPlacePodLevelResourcesVerticalScaling",
        "InPlacePodVerticalScalingInitContainers",
        "RestartAllContainersOnContainerExits",
    ];
}

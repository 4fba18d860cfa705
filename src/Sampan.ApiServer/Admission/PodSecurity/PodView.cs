using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>What the checks look at of a pod.</summary>
internal sealed class PodView(PodTemplateSpec pod)
{
    public PodSpec Spec => pod.Spec;

    public IReadOnlyDictionary<string, string> Annotations => pod.Metadata.Annotations.OrEmpty();

    /// <summary>Init containers, containers and ephemeral ones.</summary>
    public IReadOnlyList<ContainerView> Containers { get; } =
    [
        .. pod.Spec.InitContainers.OrEmpty().Select(ContainerView.Of),
        .. pod.Spec.Containers.Select(ContainerView.Of),
        .. pod.Spec.EphemeralContainers.OrEmpty().Select(ContainerView.Of),
    ];

    public PodSecurityContext? Context => pod.Spec.SecurityContext;

    public bool IsWindows => pod.Spec.Os?.Name == "windows";
}

using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Resize;

namespace Sampan.Kubelet.Pods;

/// <summary>Compares what containers may use with what the runtime was told.</summary>
/// <param name="told">What the runtime was told that a container may use; null for one that it does not run. Without a container, of the pod as a whole.</param>
internal sealed class ResizePlanner(Func<Pod, Container?, ContainerResources?> told)
{
    /// <summary>Notes what changes for the pod as a whole. To be called before its containers are looked at.</summary>
    public void PlanWhole(Pod pod, PlanSteps steps)
    {
        if (told(pod, null) is { } whole)
        {
            steps.Whole.UnionWith(ContainerResources.Of(pod.Spec).DifferencesFrom(whole));
        }
    }

    /// <summary>Whether the container had other resources when the runtime was told of them last.</summary>
    public bool IsResized(Pod pod, Container container) => told(pod, container) is { } before && ContainerResources.Of(container).DifferencesFrom(before).Any();

    /// <summary>New resources are told to the runtime, or the container starts anew with them where it wants that.</summary>
    public void Plan(Pod pod, Container container, Cri.ContainerStatus status, PlanSteps steps)
    {
        if (told(pod, container) is not { } before)
        {
            return;
        }

        // A container without a limit of its own has the pod's.
        var inherited = steps.Whole.Where(name => !container.Resources.Limits.OrEmpty().ContainsKey(name));
        var changed = ContainerResources.Of(container).DifferencesFrom(before).Concat(inherited).ToHashSet();
        if (changed.Count == 0)
        {
            return;
        }

        if (container.ResizePolicy.OrEmpty().Any(p => p.RestartPolicy == "RestartContainer" && changed.Contains(p.ResourceName)))
        {
            steps.Replace(new ContainerKill(status, container, $"Container {container.Name} resize requires restart"));
        }
        else
        {
            steps.Resize.Add(new ContainerResize(status, container));
        }
    }
}

using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>A plan in the making.</summary>
internal sealed class PlanSteps
{
    public List<ContainerKill> Kill { get; } = [];

    public List<Container> Start { get; } = [];

    public List<ContainerResize> Resize { get; } = [];

    /// <summary>Of the pod as a whole, the resources that change.</summary>
    public HashSet<string> Whole { get; } = [];

    /// <summary>What is in the way goes first; nobody knows whether a container of unknown state still runs.</summary>
    public void Restart(Container container, Cri.ContainerStatus? last, string what)
    {
        if (last is { State: Cri.ContainerState.ContainerUnknown })
        {
            Kill.Add(new ContainerKill(last, container, $"{what} is in \"unknown\" state, try killing it before restart"));
        }

        Start.Add(container);
    }

    public void Replace(ContainerKill kill)
    {
        Kill.Add(kill);
        Start.Add(kill.Container);
    }

    public PodPlan ToPlan() => new() { Kill = Kill, Start = Start, Resize = Resize, ResizePod = Whole.Count > 0 };
}

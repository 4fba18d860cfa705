using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Status;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// The end of one container may start a pod over: all its containers are killed and removed, and then it starts as if it were
/// new, init containers first, in the sandbox and with the volumes that it has.
/// <code>
/// web RUNNING, watcher EXITED(88) ── marked ──▶ nothing left ── unmarked ──▶ init, watcher, web start
/// </code>
/// The mark is the condition AllContainersRestarting, which outlives the kubelet. Upstream: ShouldAllContainersRestart.
/// </summary>
internal static class PodRestart
{
    /// <summary>Whether a rule of the pod could ask for it.</summary>
    public static bool IsPossible(Pod pod) =>
        Restarted(pod).Any(c => c.RestartPolicyRules.OrEmpty().Any(rule => rule.Action == RestartRules.RestartAll));

    /// <summary>Whether containers of before have to go.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="state">What the runtime holds.</param>
    /// <param name="known">Its status so far, with the mark.</param>
    public static bool IsInProgress(Pod pod, PodRuntimeState state, PodStatus known) =>
        IsPossible(pod) && Instances(pod, state).Any() && (IsMarked(known) || Sources(pod, state).Any());

    /// <summary>Whether the container was there and is to start again with all others.</summary>
    public static bool StartsOver(Pod pod, PodRuntimeState state, string container) =>
        IsPossible(pod)
        && state.ReadySandbox is not null
        && state.Latest(container) is null
        && (pod.Spec.Containers.Exists(c => c.Name == container)
            || (pod.Spec.InitContainers.OrEmpty().Any(c => c.Name == container) && !pod.Spec.Containers.Exists(c => state.Latest(c.Name) is not null)));

    /// <summary>All instances of init and main containers, those that asked for it last: until they are gone it is known why.</summary>
    public static IReadOnlyList<Cri.ContainerStatus> ToRemove(Pod pod, PodRuntimeState state)
    {
        var sources = Sources(pod, state).Select(s => s.Id).ToHashSet();
        return [.. Instances(pod, state).OrderBy(i => sources.Contains(i.Id))];
    }

    /// <summary>The containers whose end asks for it.</summary>
    public static IEnumerable<Cri.ContainerStatus> Sources(Pod pod, PodRuntimeState state) => Restarted(pod)
        .Select(c => (Container: c, Last: state.Latest(c.Name)))
        .Where(e => e.Last is { State: Cri.ContainerState.ContainerExited } last && RestartRules.ActionFor(e.Container, last.ExitCode) == RestartRules.RestartAll)
        .Select(e => e.Last!);

    private static bool IsMarked(PodStatus known) => known.Conditions.OrEmpty().Any(c => c is { Type: PodConditions.AllContainersRestarting, Status: "True" });

    private static IEnumerable<Cri.ContainerStatus> Instances(Pod pod, PodRuntimeState state)
    {
        var names = Restarted(pod).Select(c => c.Name).ToHashSet();
        return state.Containers.Where(c => names.Contains(c.Metadata.Name));
    }

    private static IEnumerable<Container> Restarted(Pod pod) => pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers);
}

using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// In which order the containers of a pod that ends are stopped: a sidecar after all main containers and after the sidecars that
/// started after it. Hooks don't wait for it: they all run when the pod begins to end.
/// <code>
/// init: s1, s2   main: a, b   ──▶   a and b, then s2, then s1
/// </code>
/// </summary>
internal sealed class TerminationOrder
{
    private readonly List<string> _main, _sidecars;
    private readonly Dictionary<string, TaskCompletionSource> _ended;

    /// <param name="pod">The pod.</param>
    /// <param name="running">The names of its containers that run: nobody waits for others.</param>
    public TerminationOrder(Pod pod, IEnumerable<string> running)
    {
        _main = [.. pod.Spec.Containers.Select(c => c.Name)];
        _sidecars = [.. pod.Sidecars().Select(c => c.Name)];
        _ended = running.Distinct().ToDictionary(name => name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Done when the container may be stopped.</summary>
    public Task TurnOf(string container)
    {
        int place = _sidecars.IndexOf(container);
        var before = place < 0 ? [] : _main.Concat(_sidecars.Skip(place + 1));
        return Task.WhenAll(before.Select(name => _ended.GetValueOrDefault(name)?.Task ?? Task.CompletedTask));
    }

    public void Ended(string container) => _ended[container].TrySetResult();
}

using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// A container makes way for another one: for a second it counts as what it was, so that whoever changes an image finds the pod as
/// ready as it was just before. Where the pod's policy starts nothing again that ended, until the other one runs: the API takes no
/// container back to life whose end it was told.
/// </summary>
internal sealed class Replacement(TimeProvider time, Action onPatienceEnds)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile bool _isOn;

    /// <summary>What the runtime says of the pod is not told now.</summary>
    public bool IsOn => _isOn;

    /// <summary>Runs a pod's plan. The status is for the caller to tell afterwards.</summary>
    public async Task<T> DuringAsync<T>(Pod pod, PodPlan plan, Func<Task<T>> execute)
    {
        _isOn = plan.Kill.Any(kill => plan.Start.Contains(kill.Container));
        bool mayTellItsEnd = pod.RestartPolicyOrDefault() == PodExtensions.Always;
        using var end = _isOn && mayTellItsEnd ? time.CreateTimer(_ => End(), null, Patience, Timeout.InfiniteTimeSpan) : null;
        try
        {
            return await execute();
        }
        finally
        {
            _isOn = false;
        }
    }

    private void End()
    {
        _isOn = false;
        onPatienceEnds();
    }
}

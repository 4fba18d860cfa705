using Sampan.Api.Core.V1;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Pods;

/// <summary>Measures one pod's worker. Its time begins when the kubelet sees the pod.</summary>
internal sealed class PodTiming(PodMetrics metrics, TimeProvider time)
{
    private readonly long _seen = time.GetTimestamp();
    private Pod? _last;

    /// <summary>The pod was admitted, or refused.</summary>
    public void Begin() => metrics.Began(time.GetElapsedTime(_seen));

    /// <summary>Measures one look at the pod until it is disposed of.</summary>
    public Measurement Step(PodWorkerState state, Pod pod)
    {
        var operation = state != PodWorkerState.Syncing ? "kill" : _last is null ? "create" : ReferenceEquals(_last, pod) ? "sync" : "update";
        _last = pod;
        return new Measurement(metrics, time, operation);
    }

    /// <summary>A status is told.</summary>
    public void Told(string? phaseBefore, string? phase)
    {
        if (phase == "Running" && phaseBefore is not "Running")
        {
            metrics.Ran(time.GetElapsedTime(_seen));
        }
    }

    internal readonly struct Measurement(PodMetrics metrics, TimeProvider time, string operation) : IDisposable
    {
        private readonly long _started = time.GetTimestamp();

        public void Dispose() => metrics.Worked(operation, time.GetElapsedTime(_started));
    }
}

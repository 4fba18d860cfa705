using System.CommandLine;
using Sampan.ControllerManager.HorizontalPodAutoscaling;

namespace Sampan.Commands;

/// <summary>How the HorizontalPodAutoscaler behaves, under upstream's flag names.</summary>
internal sealed class AutoscalerFlags
{
    private static readonly AutoscalerOptions Standard = new();
    private readonly DurationFlag _period = new("--horizontal-pod-autoscaler-sync-period", Standard.SyncPeriod, "How often metrics are looked at.");
    private readonly DurationFlag _stabilization = new("--horizontal-pod-autoscaler-downscale-stabilization", Standard.DownscaleStabilization, "For how long the highest of the recommendations counts.");
    private readonly DurationFlag _cpuInitialization = new("--horizontal-pod-autoscaler-cpu-initialization-period", Standard.CpuInitializationPeriod, "After its start a pod's CPU samples may be those of its start.");
    private readonly DurationFlag _readiness = new("--horizontal-pod-autoscaler-initial-readiness-delay", Standard.InitialReadinessDelay, "A pod that was last unready this soon after its start has never been ready.");
    private readonly Option<double> _tolerance = new("--horizontal-pod-autoscaler-tolerance") { Description = "How far usage may be from its target before anything is done.", DefaultValueFactory = _ => Standard.Tolerance };

    public void AddTo(Command command)
    {
        foreach (var flag in new[] { _period, _stabilization, _cpuInitialization, _readiness }) command.Options.Add(flag.Option);
        command.Options.Add(_tolerance);
    }

    public AutoscalerOptions Options(ParseResult result) => new()
    {
        SyncPeriod = _period.Value(result),
        DownscaleStabilization = _stabilization.Value(result),
        CpuInitializationPeriod = _cpuInitialization.Value(result),
        InitialReadinessDelay = _readiness.Value(result),
        Tolerance = result.GetValue(_tolerance),
    };
}

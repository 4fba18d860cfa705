using Sampan.Client.Metrics;

namespace Sampan.ControllerManager;

/// <summary>Shows which controllers of a manager run, under upstream's name.</summary>
internal static class RunningControllers
{
    public static void Show(MetricRegistry metrics, string controller, string manager) => metrics
        .Gauge("running_managed_controllers", "Indicates where instances of a controller are currently running", "name", "manager").With(controller, manager).Set(1);
}

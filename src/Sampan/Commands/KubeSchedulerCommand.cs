using System.CommandLine;
using Sampan.Client.Metrics;
using Sampan.Scheduler;

namespace Sampan.Commands;

/// <summary>`sampan kube-scheduler`</summary>
internal static class KubeSchedulerCommand
{
    public static Command Create()
    {
        var flags = new ComponentFlags("kube-scheduler", 10259);
        var command = new Command("kube-scheduler", "Run the scheduler alone, against any API server.");
        flags.AddTo(command);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(flags.Verbosity), logs =>
        {
            var metrics = new MetricRegistry();
            var options = new SchedulerOptions { LeaderElection = flags.Election(result) };
            var scheduler = new KubeScheduler(flags.Client(result), options, TimeProvider.System, metrics, logs);
            var health = flags.Health(result) is { } where ? new HealthServer(where, metrics) : null;
            return Task.FromResult<IReadOnlyList<Client.IComponent>>(health is null ? [scheduler] : [health, scheduler]);
        }, ct));
        return command;
    }
}

using System.CommandLine;
using Sampan.Client.Metrics;
using Sampan.Scheduler;
using Sampan.Scheduler.Configuration;

namespace Sampan.Commands;

/// <summary>`sampan kube-scheduler`</summary>
internal static class KubeSchedulerCommand
{
    private static readonly string[] NoEffect = ["--authentication-kubeconfig", "--authorization-kubeconfig"];

    public static Command Create()
    {
        var flags = new ComponentFlags("kube-scheduler", 10259);
        var config = new Option<string?>("--config") { Description = "A KubeSchedulerConfiguration; flags about the leader's lease win over it." };
        var command = new Command("kube-scheduler", "Run the scheduler alone, against any API server.") { config };
        flags.AddTo(command);
        foreach (var name in NoEffect) command.Options.Add(new Option<string?>(name) { Description = "No effect: health and metrics are open to who reaches --bind-address." });
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(flags.Verbosity), logs =>
        {
            var metrics = new MetricRegistry();
            var configuration = result.GetValue(config) is { } file ? ConfigurationReader.ReadFile(file) : null;
            var client = flags.Client(result, configuration?.ClientConnection.Kubeconfig is { Length: > 0 } kubeconfig ? kubeconfig : null);
            var scheduler = new KubeScheduler(client, Options(flags, configuration, result), TimeProvider.System, metrics, logs);
            var health = flags.Health(result) is { } where ? new HealthServer(where, metrics) : null;
            return Task.FromResult<IReadOnlyList<Client.IComponent>>(health is null ? [scheduler] : [health, scheduler]);
        }, ct));
        return command;
    }

    private static SchedulerOptions Options(ComponentFlags flags, KubeSchedulerConfiguration? configuration, ParseResult result)
    {
        if (configuration is null) return new SchedulerOptions { LeaderElection = flags.Election(result) };
        var options = configuration.ToOptions();
        var areGiven = new Option[] { flags.LeaderElect, flags.LeaseName, flags.LeaseNamespace, flags.LeaseDuration, flags.RenewDeadline, flags.RetryPeriod }
            .Any(flag => result.GetResult(flag) is { Implicit: false });
        return areGiven ? options with { LeaderElection = flags.Election(result) } : options;
    }
}

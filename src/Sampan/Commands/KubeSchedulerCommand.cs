using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Scheduler;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Explain;

namespace Sampan.Commands;

/// <summary>`sampan kube-scheduler`</summary>
internal static class KubeSchedulerCommand
{
    public static Command Create()
    {
        var flags = new ComponentFlags("kube-scheduler", 10259);
        var config = new Option<string?>("--config") { Description = "A KubeSchedulerConfiguration; flags about the leader's lease win over it." };
        var write = new Option<string?>("--write-config-to") { Description = "Write the configuration with its defaults to this file, and end." };
        var unschedulable = new DurationFlag("--pod-max-in-unschedulable-pods-duration", TimeSpan.FromMinutes(5), "After how long a refused pod is tried again without a reason.");
        var command = new Command("kube-scheduler", "Run the scheduler alone, against any API server.") { config, write, unschedulable.Option };
        flags.AddTo(command);
        UpstreamFlag.AddTo(command, SchedulerUpstreamFlags.All);
        command.SetAction((result, ct) => result.GetValue(write) is { } target
            ? Task.FromResult(Write(Configuration(config, flags, result), target))
            : ComponentRunner.RunAsync(result.GetValue(flags.Verbosity), logs =>
            {
                foreach (var remark in UpstreamFlag.Remarks(result, SchedulerUpstreamFlags.All)) logs.CreateLogger("kube-scheduler").LogInformation("{Remark}", remark);
                return Task.FromResult(Components(flags, result, Configuration(config, flags, result), unschedulable.Value(result), logs));
            }, ct));
        return command;
    }

    private static KubeSchedulerConfiguration Configuration(Option<string?> config, ComponentFlags flags, ParseResult result)
    {
        var configuration = result.GetValue(config) is { } file ? ConfigurationReader.ReadFile(file) : ConfigurationReader.Default();
        Override(configuration.LeaderElection, flags, result);
        return configuration;
    }

    private static int Write(KubeSchedulerConfiguration configuration, string target)
    {
        File.WriteAllText(target, YamlTree.Format(ConfigurationWriter.Write(configuration)));
        return 0;
    }

    private static IReadOnlyList<IComponent> Components(ComponentFlags flags, ParseResult result, KubeSchedulerConfiguration configuration, TimeSpan unschedulable, ILoggerFactory logs)
    {
        var metrics = new MetricRegistry();
        ProcessMetrics.AddTo(metrics);
        var client = flags.Config(result, configuration.ClientConnection.Kubeconfig is { Length: > 0 } kubeconfig ? kubeconfig : null);
        var options = configuration.ToOptions();
        options = options with { Queue = options.Queue with { UnschedulableLimit = unschedulable } };
        var scheduler = new KubeScheduler(new ApiClient(client), options, TimeProvider.System, metrics, logs);
        if (flags.Health(result) is not { } where) return [scheduler];
        where = where with
        {
            Pages = new Dictionary<string, RequestDelegate>
            {
                ["/configz"] = http => http.WriteJsonAsync(new JsonObject { ["componentconfig"] = ConfigurationWriter.Write(configuration) }),
                ["/metrics/resources"] = http => http.Response.WriteAsync(scheduler.ResourceMetrics),
                [ExplainEndpoint.Path] = new(ExplainEndpoint.ForTokens(client, () => configuration.ToOptions().Profiles, TimeProvider.System)),
            },
        };
        var health = new HealthServer(
            where, metrics, new HealthCheck("ping", () => null), new HealthCheck("leaderElection", () => scheduler.Problem), new HealthCheck("sched-handler-sync", () => scheduler.WhyNotReady, ReadinessOnly: true));
        return [health, scheduler];
    }

    // Flags that are given win over the file.
    private static void Override(LeaderElectionConfiguration election, ComponentFlags flags, ParseResult result)
    {
        election.LeaderElect = Given(flags.LeaderElect, election.LeaderElect);
        election.ResourceName = Given(flags.LeaseName, election.ResourceName);
        election.ResourceNamespace = Given(flags.LeaseNamespace, election.ResourceNamespace);
        election.LeaseDuration = Lasting(flags.LeaseDuration, election.LeaseDuration);
        election.RenewDeadline = Lasting(flags.RenewDeadline, election.RenewDeadline);
        election.RetryPeriod = Lasting(flags.RetryPeriod, election.RetryPeriod);

        bool IsGiven(Option flag) => result.GetResult(flag) is { Implicit: false };
        T Given<T>(Option<T> flag, T otherwise) => IsGiven(flag) ? result.GetValue(flag)! : otherwise;
        Duration Lasting(DurationFlag flag, Duration otherwise) => IsGiven(flag.Option) ? flag.Value(result) : otherwise;
    }
}

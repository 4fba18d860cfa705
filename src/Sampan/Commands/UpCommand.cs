using System.CommandLine;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Lifecycle;
using Sampan.Terminal;
using Spectre.Console;

namespace Sampan.Commands;

/// <summary>`sampan up`</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var dataDir = Options.DataDir();
        var timeout = new Option<int>("--timeout") { Description = "How many seconds each step may take.", DefaultValueFactory = _ => 120 };
        var noKubeconfig = new Option<bool>("--no-kubeconfig") { Description = "Leave your kubeconfig alone." };
        var nodes = new Option<int>("--nodes") { Description = "How many nodes: each further one is a host of its own in namespaces of this machine.", DefaultValueFactory = _ => 1 };
        nodes.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > NodeHosts.Most) given.AddError($"--nodes: a cluster on one machine has 1 to {NodeHosts.Most} nodes");
        });
        var server = new ServerOptions();
        var command = new Command("up", "Start a cluster in the background and point kubectl at it. Run it again at any time: it does only what is missing.")
        {
            dataDir, timeout, noKubeconfig, nodes,
        };
        server.AddTo(command);
        command.SetAction(async (result, ct) =>
        {
            if (Root.Missing() is { } advice) return Failure.Show(advice);
            var options = new UpOptions(
                ClusterPaths.For(result.GetValue(dataDir)!), server.ToArguments(result),
                result.GetValue(noKubeconfig) ? null : UserKubeconfig.DefaultPath, TimeSpan.FromSeconds(result.GetValue(timeout)),
                result.GetValue(server.Cni) == "none", result.GetValue(nodes));
            return await RunAsync(options, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(UpOptions options, CancellationToken ct)
    {
        try
        {
            await new ClusterUp(options, new StepReporter(Screen.Output), TimeProvider.System).RunAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failure.Show(e);
        }
        Screen.Output.MarkupLine(options.ForeignCni
            ? "\nThe cluster is up, and its nodes become Ready once you install a pod network. Try:"
            : "\nThe cluster is up. Try:");
        Screen.Output.MarkupLine("  [blue]kubectl get nodes -o wide[/]");
        Screen.Output.MarkupLine("  [blue]kubectl create deployment web --image=nginx --replicas=3[/]");
        Screen.Output.MarkupLine("  [blue]sampan status[/]   what runs and what it uses       [blue]sampan down[/]   stop it, keep the data");
        return 0;
    }
}

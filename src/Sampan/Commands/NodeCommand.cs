using System.CommandLine;
using Sampan.Api;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Host;
using Sampan.Cluster.Lifecycle;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan node`: the further nodes that this machine plays.</summary>
internal static class NodeCommand
{
    public static Command Create() => new("node", "Add nodes to the cluster of this machine, each a host of its own in namespaces.")
    {
        ListNodes(),
        AddNode(),
        OfNode("start", "Start a stopped node.", (hosts, node, ct) => hosts.StartAsync(node, ct)),
        OfNode("stop", "Stop a node as if its machine were switched off; its data stay.", (hosts, node, ct) => hosts.StopAsync(node, ct)),
        OfNode("delete", "Stop a node and remove it with its data.", (hosts, node, ct) => hosts.DeleteAsync(node, ct)),
        Ssh(),
    };

    private static Command ListNodes()
    {
        var dataDir = Options.DataDir();
        var command = new Command("list", "Show the nodes that were added here.") { dataDir };
        command.SetAction(result => Guarded(() =>
        {
            var paths = ClusterPaths.For(result.GetValue(dataDir)!);
            var hosts = new NodeHosts(paths, TimeProvider.System);
            foreach (var node in NodeHost.List(paths))
                Screen.Output.Profile.Out.Writer.WriteLine($"{node.Name,-30} {node.Address,-14} {(hosts.IsRunning(node) ? "Running" : "Stopped")}");
            return Task.CompletedTask;
        }));
        return command;
    }

    private static Command AddNode()
    {
        var dataDir = Options.DataDir();
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne, Description = "The node's name (default: this host's and a number)." };
        var command = new Command("add", "Make a further node and start it.") { name, dataDir };
        command.SetAction((result, ct) => Guarded(async () =>
        {
            var node = await new NodeHosts(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System).AddAsync(result.GetValue(name), ct);
            Screen.Output.Profile.Out.Writer.WriteLine($"{node.Name} joins from {node.Address}; its log is {node.Paths.ServerLog}");
        }));
        return command;
    }

    private static Command OfNode(string verb, string description, Func<NodeHosts, NodeHost, CancellationToken, Task> run)
    {
        var dataDir = Options.DataDir();
        var name = new Argument<string>("name") { Description = "The node's name." };
        var command = new Command(verb, description) { name, dataDir };
        command.SetAction((result, ct) => Guarded(async () =>
        {
            var hosts = new NodeHosts(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System);
            await run(hosts, hosts.Find(result.GetValue(name)!), ct);
        }));
        return command;
    }

    private static Command Ssh()
    {
        var dataDir = Options.DataDir();
        var name = new Argument<string>("name") { Description = "The node's name." };
        var program = new Argument<string[]>("command") { Arity = ArgumentArity.ZeroOrMore, Description = "What to run there (default: your shell)." };
        var command = new Command("ssh", "Run a shell or a command on a node's network.") { name, program, dataDir };
        command.SetAction(async (result, ct) =>
        {
            int code = 0;
            int failed = await Guarded(async () =>
            {
                var node = new NodeHosts(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System).Find(result.GetValue(name)!);
                var words = result.GetValue(program) is { Length: > 0 } given ? given : [Environment.GetEnvironmentVariable("SHELL") ?? "/bin/sh"];
                code = await HostCommand.RunInTerminalAsync("nsenter", node.Enter(words), ct);
            });
            return failed != 0 ? failed : code;
        });
        return command;
    }

    private static async Task<int> Guarded(Func<Task> run)
    {
        if (Root.Missing() is { } advice) return Failure.Show(advice);
        try
        {
            await run();
            return 0;
        }
        catch (Exception e) when (e is HostException or ApiConnectionException or StatusException or KubeconfigException)
        {
            return Failure.Show(e);
        }
    }
}

using System.CommandLine;
using System.Text.Json;
using Sampan.Api;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Host;
using Sampan.Cluster.Lifecycle;
using Sampan.Terminal;
using Spectre.Console;

namespace Sampan.Commands;

/// <summary>`sampan node`: the further nodes that this machine plays.</summary>
internal static class NodeCommand
{
    public static Command Create() => new("node", "Add nodes to the cluster of this machine, each a host of its own in namespaces, and stop, start or remove them.")
    {
        ListNodes(),
        AddNode(),
        StartNode(),
        OfNode("stop", "Stop a node as if its machine were switched off; its data stay.", "stopped", async (hosts, node, ct) => await hosts.StopAsync(node, ct) ? node.Name : $"{node.Name} was stopped already"),
        OfNode("delete", "Stop a node and remove it with its data.", "deleted", async (hosts, node, ct) =>
        {
            await hosts.DeleteAsync(node, ct);
            return node.Name;
        }),
        Ssh(),
    };

    private static Command ListNodes()
    {
        var dataDir = Options.DataDir();
        var output = Options.Output();
        var command = new Command("list", "Show the cluster's nodes, and which of them this machine plays.") { dataDir, output };
        command.SetAction((result, ct) => Guarded(async () =>
        {
            var paths = ClusterPaths.For(result.GetValue(dataDir)!);
            var nodes = await new NodeHosts(paths, TimeProvider.System).ListAsync(ct);
            if (result.GetValue(output) == "json") Screen.Output.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(nodes, ScreenJson.Default.Nodes));
            else if (nodes.Count == 0) throw new HostException($"no cluster of {paths.Data} runs, and it has no further nodes: start it with: sampan up{paths.Option}");
            else Show(nodes);
        }));
        return command;
    }

    private static void Show(IReadOnlyList<NodeLine> nodes)
    {
        var table = new Grid();
        for (int i = 0; i < 4; i++) table.AddColumn(new GridColumn().NoWrap().PadRight(3));
        table.AddRow("[grey]NAME[/]", "[grey]STATE[/]", "[grey]ADDRESS[/]", "[grey]HOST[/]");
        foreach (var node in nodes)
        {
            string colour = node.State switch { "Ready" => "green", "Stopped" => "grey", _ => "yellow" };
            table.AddRow(node.Name.EscapeMarkup(), $"[{colour}]{node.State}[/]", node.Address.EscapeMarkup(), node.Host);
        }

        Screen.Output.Write(table);
    }

    private static Command AddNode()
    {
        var dataDir = Options.DataDir();
        var timeout = Timeout();
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne, Description = "The node's name (default: this host's and a number)." };
        var command = new Command("add", "Make a further node, start it, and wait until it is Ready.") { name, dataDir, timeout };
        command.SetAction((result, ct) => Guarded(async () =>
        {
            var hosts = new NodeHosts(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System);
            NodeHost node = null!;
            await Steps().RunAsync("node added", async limit =>
            {
                node = await hosts.AddAsync(result.GetValue(name), limit);
                return $"{node.Name} at {node.Address}, log: {node.Paths.ServerLog}";
            }, ct);
            await WaitAsync(hosts, node, result.GetValue(timeout), ct);
            Screen.Output.Profile.Out.Writer.WriteLine($"\nThe node has images of its own. Load one from a file with:\n  sampan image load --data-dir {node.Paths.Data} image.tar");
        }));
        return command;
    }

    private static Command StartNode()
    {
        var dataDir = Options.DataDir();
        var timeout = Timeout();
        var name = NodeName();
        var command = new Command("start", "Start a stopped node, and wait until it is Ready.") { name, dataDir, timeout };
        command.SetAction((result, ct) => Guarded(async () =>
        {
            var hosts = new NodeHosts(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System);
            var node = hosts.Find(result.GetValue(name)!);
            await Steps().RunAsync("node started", async limit =>
            {
                if (hosts.IsRunning(node)) return $"{node.Name} runs already";
                await hosts.StartAsync(node, limit);
                return $"{node.Name} at {node.Address}, log: {node.Paths.ServerLog}";
            }, ct);
            await WaitAsync(hosts, node, result.GetValue(timeout), ct);
        }));
        return command;
    }

    private static Command OfNode(string verb, string description, string done, Func<NodeHosts, NodeHost, CancellationToken, Task<string?>> run)
    {
        var dataDir = Options.DataDir();
        var name = NodeName();
        var command = new Command(verb, description) { name, dataDir };
        command.SetAction((result, ct) => Guarded(async () =>
        {
            var hosts = new NodeHosts(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System);
            var node = hosts.Find(result.GetValue(name)!);
            await Steps().RunAsync($"node {done}", limit => run(hosts, node, limit), ct);
        }));
        return command;
    }

    private static Command Ssh()
    {
        var dataDir = Options.DataDir();
        var name = NodeName();
        var program = new Argument<string[]>("command") { Arity = ArgumentArity.ZeroOrMore, Description = "What to run there (default: your shell); put -- before it where its options are also ones of this command, as -d is." };
        var command = new Command("ssh", "Run a shell or a command on a node's network.") { name, program, dataDir };
        command.SetAction(async (result, ct) =>
        {
            int code = 0;
            int failed = await Guarded(async () =>
            {
                var hosts = new NodeHosts(ClusterPaths.For(result.GetValue(dataDir)!), TimeProvider.System);
                var node = hosts.Find(result.GetValue(name)!);
                if (!hosts.IsRunning(node)) throw new HostException($"{node.Name} is stopped; start it with: sampan node start {node.Name}{node.Cluster.Option}");
                var words = result.GetValue(program) is { Length: > 0 } given ? given : [Environment.GetEnvironmentVariable("SHELL") ?? "/bin/sh"];
                code = await HostCommand.RunInTerminalAsync("nsenter", node.Enter(words), ct);
            });
            return failed != 0 ? failed : code;
        });
        return command;
    }

    private static Argument<string> NodeName() => new("name") { Description = "The node's name." };

    private static Option<int> Timeout() => new("--timeout") { Description = "How many seconds the node may take to become Ready.", DefaultValueFactory = _ => 120 };

    private static StepReporter Steps() => new(Screen.Output);

    private static Task WaitAsync(NodeHosts hosts, NodeHost node, int seconds, CancellationToken ct) => Steps().RunAsync("node Ready", async limit =>
    {
        await hosts.ReadyAsync(node, TimeSpan.FromSeconds(seconds), limit);
        return node.Name;
    }, ct);

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

using System.CommandLine;
using Sampan.Client;
using Sampan.Node;

// What the node agent costs, on real containers: the start of a pod beside what the runtime takes for it, a full node, an idle one,
// and how soon the API knows that a container ended. It runs a cluster of two nodes in a network namespace of its own; the second
// node's process holds the kubelet, the proxy and the DNS, and nothing else.
var pods = new Option<int>("--pods") { Description = "Pods on the node.", DefaultValueFactory = _ => 110 };
var starts = new Option<int>("--starts") { Description = "Pods that are started one after the other.", DefaultValueFactory = _ => 20 };
starts.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1) result.AddError("--starts must be at least 1");
});
var idle = new Option<int>("--idle") { Description = "Seconds for which the full node is watched.", DefaultValueFactory = _ => 30 };
var sampan = new Option<string>("--sampan") { Description = "The program.", DefaultValueFactory = _ => "./sampan" };
var inside = new Option<string?>("--inside") { Hidden = true };

var root = new RootCommand("Measures the node agent. Needs root, containerd and images/build busybox.") { pods, starts, idle, sampan, inside };
root.SetAction(async (result, ct) =>
{
    if (result.GetValue(inside) is not { } data)
    {
        await using var host = await BenchHost.CreateAsync(Path.GetFullPath(result.GetValue(sampan)!));
        return await host.RunInsideAsync(Environment.GetCommandLineArgs()[1..]);
    }

    var node = BenchHost.SecondNode(data);
    await using var client = new ApiClient(Kubeconfig.Load(Path.Combine(data, "admin.conf")).ToClientConfig());
    await using var cluster = await NodePods.StartAsync(client, node.Name, ct);
    Console.WriteLine("| what | figure | budget |");
    Console.WriteLine("| --- | ---: | ---: |");
    await new SingleStarts(cluster, client).RunAsync(result.GetValue(starts), ct);
    await new EndLatency(cluster).RunAsync(result.GetValue(starts), ct);
    await cluster.DeleteAllAsync(ct);
    await new FullNode(cluster, node.Pid).RunAsync(result.GetValue(pods), TimeSpan.FromSeconds(result.GetValue(idle)), ct);
    return 0;
});
return await root.Parse(args).InvokeAsync();

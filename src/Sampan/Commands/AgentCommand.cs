using System.CommandLine;
using System.Net;
using Sampan.Api;
using Sampan.Client;
using Sampan.Cluster;
using Sampan.Cluster.Host;
using Sampan.Cluster.Join;
using Sampan.Cluster.Lifecycle;
using Sampan.Cluster.Server;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan agent`</summary>
internal static class AgentCommand
{
    public static Command Create()
    {
        var server = new Option<string>("--server", "-s") { Required = true, Description = "The server's URL, such as https://192.0.2.10:6443." };
        var token = new JoinTokenOptions();
        var cni = new CniFolderOptions();
        var conntrack = ConntrackOption.Create();
        var dataDir = Options.DataDir();
        var nodeName = new Option<string?>("--node-name") { Description = "The node's name (default: the host's)." };
        var nodeIp = new Option<string?>("--node-ip") { Description = "The node's address (default: the one of the default route), or one of each IP family between commas." };
        var containerd = new Option<string?>("--container-runtime-endpoint") { Description = "The socket of a container runtime that runs already (default: Sampan starts containerd)." };
        var verbosity = new Option<int>("--v", "-v") { Description = "How much to log: 0 to 4.", DefaultValueFactory = _ => 0 };
        var command = new Command("agent", "Run a further node of a cluster in the foreground. Pods go on when it ends; `sampan down` stops them.")
        {
            server, dataDir, nodeName, nodeIp, containerd, conntrack, verbosity,
        };
        token.AddTo(command);
        foreach (var option in cni.All) command.Options.Add(option);
        command.SetAction(async (result, ct) =>
        {
            if (Root.Missing() is { } advice) return Failure.Show(advice);
            try
            {
                var address = NodeIpOption.Read(result.GetValue(nodeIp), dualStack: false);
                var node = new ClusterOptions
                {
                    Paths = ClusterPaths.For(result.GetValue(dataDir)!),
                    NodeAddress = address.First,
                    SecondNodeAddress = address.Second,
                    RuntimeEndpoint = result.GetValue(containerd),
                    ForeignCni = cni.Read(result),
                    Conntrack = ConntrackOption.Read(result, conntrack),
                };
                if (result.GetValue(nodeName) is { } name) node = node with { NodeName = name };
                NodeNames.Check(node.NodeName);
                var options = new AgentOptions(Url(result.GetValue(server)!), token.Read(result), node);
                return await RunAsync(options, result.GetValue(verbosity), ct);
            }
            catch (Exception e) when (e is HostException or ComponentException or ApiConnectionException or StatusException)
            {
                return Failure.Show(e);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(AgentOptions options, int verbosity, CancellationToken ct)
    {
        await HostPackages.EnsureAsync(ct);
        var process = new ServerProcess(options.Node.Paths, TimeProvider.System);
        if (process.Find() is { } other) return Failure.Show($"a server or agent of {options.Node.Paths.Data} runs already, as process {other}; stop it with: sampan down{options.Node.Paths.Option}");
        process.Register();
        using var logs = Logs.Create(verbosity);
        await new ClusterAgent(options, TimeProvider.System, logs).RunAsync(ct);
        return 0;
    }

    private static string Url(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
        ? text.TrimEnd('/')
        : throw new HostException($"--server: \"{text}\" is no URL of a server: write it as https://192.0.2.10:6443");
}

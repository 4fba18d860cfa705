using System.CommandLine;
using Sampan.Client;
using Sampan.ControllerManager;

namespace Sampan.Commands;

/// <summary>`sampan kube-controller-manager`</summary>
internal static class KubeControllerManagerCommand
{
    public static Command Create()
    {
        var flags = new ComponentFlags("kube-controller-manager", 10257);
        var controllers = new Option<string>("--controllers") { Description = "Which run: '*' all that are on by default, 'name' and '-name' add and remove.", DefaultValueFactory = _ => "*" };
        var clusterCidr = new Option<string?>("--cluster-cidr") { Description = "Addresses of pods, of which each node gets a share." };
        var allocate = new Option<bool>("--allocate-node-cidrs") { Description = "Give each node its share of --cluster-cidr." };
        var prefix = new Option<int>("--node-cidr-mask-size") { Description = "The prefix length of a node's share.", DefaultValueFactory = _ => 24 };
        var rootCa = new Option<string?>("--root-ca-file") { Description = "The certificate authority that is published to every namespace." };
        var key = new Option<string?>("--service-account-private-key-file") { Description = "The key that signs service account tokens." };
        var signing = new SigningFlags();
        var command = new Command("kube-controller-manager", "Run the controllers alone, against any API server.") { controllers, clusterCidr, allocate, prefix, rootCa, key };
        flags.AddTo(command);
        signing.AddTo(command);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(flags.Verbosity), logs =>
        {
            IComponent manager = new ControllerManager.ControllerManager(new ControllerManagerOptions
            {
                Client = flags.Client(result),
                Logs = logs,
                Controllers = result.GetValue(controllers)!.Split(','),
                LeaderElection = flags.Election(result),
                RootCa = result.GetValue(rootCa) is { } file ? File.ReadAllText(file) : null,
                ServiceAccountKey = result.GetValue(key) is { } keyFile ? File.ReadAllText(keyFile) : null,
                SigningKeys = signing.Keys(result),
                SigningDuration = signing.Duration(result),
                ClusterCidr = result.GetValue(allocate) ? result.GetValue(clusterCidr) : null,
                NodeCidrPrefix = result.GetValue(prefix),
                Health = flags.Health(result),
            });
            return Task.FromResult<IReadOnlyList<IComponent>>([manager]);
        }, ct));
        return command;
    }
}

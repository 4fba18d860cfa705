using System.CommandLine;
using System.Net;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Cluster.Host;
using Sampan.Proxy;

namespace Sampan.Commands;

/// <summary>`sampan kube-proxy`</summary>
internal static class KubeProxyCommand
{
    public static Command Create()
    {
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "How to reach the API server." };
        var nodeName = new Option<string?>("--hostname-override") { Description = "The node's name (default: the host's)." };
        var clusterCidr = new Option<string?>("--cluster-cidr") { Description = "Addresses of pods: traffic to Services from elsewhere is masqueraded." };
        var masqueradeAll = new Option<bool>("--masquerade-all") { Description = "Masquerade all traffic to Services." };
        var nodePortAddresses = new Option<string?>("--nodeport-addresses") { Description = "Ranges of the node's addresses on which node ports answer (default: all)." };
        var healthz = new Option<string>("--healthz-bind-address") { Description = "Where health and metrics are served.", DefaultValueFactory = _ => "127.0.0.1:10256" };
        var cleanup = new Option<bool>("--cleanup") { Description = "Remove all rules of the proxy and end." };
        var verbosity = new Option<int>("--v", "-v") { Description = "How much to log: 0 to 4." };
        var command = new Command("kube-proxy", "Run the Service proxy alone, against any API server.") { kubeconfig, nodeName, clusterCidr, masqueradeAll, nodePortAddresses, healthz, cleanup, verbosity };
        command.SetAction(async (result, ct) =>
        {
            if (result.GetValue(cleanup))
            {
                await KubeProxy.CleanupAsync(ct);
                return 0;
            }
            return await ComponentRunner.RunAsync(result.GetValue(verbosity), async logs =>
            {
                var client = new ApiClient(Kubeconfig.Load(result.GetValue(kubeconfig)).ToClientConfig() with { UserAgent = "kube-proxy" });
                var informers = new InformerFactory(client, TimeProvider.System, logs);
                var proxy = new KubeProxy(new KubeProxyOptions
                {
                    NodeName = result.GetValue(nodeName) ?? Environment.MachineName.ToLowerInvariant(),
                    Informers = informers,
                    ClusterCidrs = result.GetValue(clusterCidr)?.Split(',') ?? [],
                    MasqueradeAll = result.GetValue(masqueradeAll),
                    NodePortAddresses = result.GetValue(nodePortAddresses)?.Split(',') ?? [],
                    HealthAddress = IPEndPoint.TryParse(result.GetValue(healthz)!, out var where) ? where : throw new HostException("--healthz-bind-address: write it as 127.0.0.1:10256"),
                    Logs = logs,
                });
                await informers.StartAsync(ct);
                return (IReadOnlyList<IComponent>)[proxy];
            }, ct);
        });
        return command;
    }
}

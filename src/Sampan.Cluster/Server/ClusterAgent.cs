using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.Client.Metrics;
using Sampan.Cluster.ContainerRuntime;
using Sampan.Cluster.Join;

namespace Sampan.Cluster.Server;

/// <summary>`sampan agent`: a further node of a cluster whose server runs elsewhere.</summary>
public sealed class ClusterAgent(AgentOptions options, TimeProvider time, ILoggerFactory logs)
{
    private readonly ComponentList _components = new(time, logs.CreateLogger("sampan"));
    private readonly MetricRegistry _metrics = new();

    /// <summary>Runs until the token is cancelled.</summary>
    /// <exception cref="ComponentException">A part could not be started; the others have been stopped.</exception>
    /// <exception cref="Host.HostException">The machine could not join.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await StartAsync(ct);
            await _components.WaitForEndAsync(ct);
        }
        finally
        {
            await _components.StopAsync();
        }
    }

    private async Task StartAsync(CancellationToken ct)
    {
        var node = options.Node;
        var certificates = new NodeCertificates(node.Paths.Pki, node.NodeName, node.NodeAddress, time);
        var client = await new NodeJoin(options, certificates, time, logs.CreateLogger("join")).RunAsync(ct);
        var renewal = new CertificateRenewal(certificates, client, time, logs.CreateLogger("certificates"));
        await _components.StartAsync(renewal, ct);

        // Not before the machine is a node: a machine that may not join keeps nothing running.
        node = await ClusterFacts.ReadAsync(client, node, ct);
        if (node.RuntimeEndpoint is null) await _components.StartAsync(new ContainerdComponent(node.Paths, node.Cni, time, logs.CreateLogger("containerd")), ct);
        var authority = X509CertificateLoader.LoadCertificateFromFile(certificates.AuthorityFile);
        var identity = new NodeIdentity(client, client, () => renewal.Serving, authority);
        await new NodeStack(node, identity, _components, _metrics, time, logs).StartAsync(ct);
    }
}

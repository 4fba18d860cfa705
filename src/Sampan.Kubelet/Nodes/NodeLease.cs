using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;

namespace Sampan.Kubelet.Nodes;

/// <summary>Renews the node's lease, which tells the control plane that the node lives; four renewals fit into one lease.</summary>
internal sealed class NodeLease(KubeletOptions options, ILogger logger)
{
    private const string Namespace = "kube-node-lease";
    private Lease? _lease;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(options.Configuration.NodeLeaseDurationSeconds) / 4;
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = interval;
            try
            {
                await RenewAsync(cancellationToken);
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException)
            {
                logger.LogWarning("Could not renew the lease of node {Node}: {Error}", options.NodeName, e.Message);
                _lease = null;
                wait = TimeSpan.FromSeconds(1);
            }

            await Task.Delay(wait, options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var leases = options.Client.Of<Lease>();
        var known = _lease ?? await leases.FindAsync(Namespace, options.NodeName, cancellationToken);
        if (known is null)
        {
            var fresh = new Lease { Metadata = new() { Name = options.NodeName, Namespace = Namespace, OwnerReferences = await OwnerAsync(cancellationToken) } };
            _lease = await leases.CreateAsync(Renewed(fresh), cancellationToken);
            return;
        }

        _lease = await leases.UpdateAsync(Renewed(known.DeepClone()), cancellationToken);
    }

    private Lease Renewed(Lease lease)
    {
        lease.Spec ??= new();
        lease.Spec.HolderIdentity = options.NodeName;
        lease.Spec.LeaseDurationSeconds = options.Configuration.NodeLeaseDurationSeconds;
        lease.Spec.RenewTime = options.Time.GetUtcNow();
        return lease;
    }

    private async Task<List<OwnerReference>?> OwnerAsync(CancellationToken cancellationToken)
    {
        var node = await options.Client.Of<Node>().FindAsync(null, options.NodeName, cancellationToken);
        return node is null ? null : [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = node.Metadata.Name, Uid = node.Metadata.Uid }];
    }
}

using System.Net;
using Sampan.Store;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>
/// The addresses of the API servers that are alive: each keeps a key of its own in the store, which vanishes when it is not renewed.
/// Upstream: pkg/controlplane/reconcilers/lease.go.
/// </summary>
internal sealed class EndpointLeases(IStore store, IPAddress address)
{
    private const string Prefix = "/registry/masterleases/";
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    private readonly string _key = Prefix + address;
    private long _lease;

    /// <summary>Says that this server is alive.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (_lease != 0 && await store.KeepLeaseAliveAsync(_lease, cancellationToken) && await store.GetAsync(_key, cancellationToken) is not null)
        {
            return;
        }
        _lease = await store.GrantLeaseAsync(TimeToLive, cancellationToken);
        await store.CommitAsync(Transaction.Set(_key, "{}"u8.ToArray(), _lease), cancellationToken);
    }

    /// <summary>Says that it no longer is.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_lease != 0)
        {
            await store.RevokeLeaseAsync(_lease, cancellationToken);
            _lease = 0;
        }
    }

    public async Task<IReadOnlyList<string>> AliveAsync(CancellationToken cancellationToken)
    {
        var range = await store.RangeAsync(Prefix, default, cancellationToken);
        return [.. range.Items.Select(item => item.Key[Prefix.Length..]).Order(StringComparer.Ordinal)];
    }
}

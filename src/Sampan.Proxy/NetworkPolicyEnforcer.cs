using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Proxy.Model;
using Sampan.Proxy.Nftables;
using Sampan.Proxy.Policies;
using Sampan.Proxy.Sync;

namespace Sampan.Proxy;

/// <summary>
/// Enforces NetworkPolicies for the pods of this node, in the nftables tables <c>ip sampan-policy</c> and
/// <c>ip6 sampan-policy</c>. The rules stay when the process stops; <see cref="CleanupAsync"/> takes them away.
/// </summary>
public sealed class NetworkPolicyEnforcer(NetworkPolicyOptions options) : IComponent
{
    private readonly DirtyKeys<PolicyKey> _dirty = new();
    private readonly PolicySource _source = new(options.Informers, options.NodeName);
    private readonly CancellationTokenSource _stop = new();
    private INftables? _nftables;
    private RuleLoop? _loop;
    private Task _running = Task.CompletedTask;

    public string Name => "network-policy";

    /// <summary>Why the rules are not as they should be; null when they are.</summary>
    public string? Problem => _loop is null ? "not started" : _loop.Problem;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var log = options.Logs.CreateLogger("NetworkPolicy");
        _nftables = options.OpenNftables();
        var writer = new PolicyWriter(_source, new KernelTable(_nftables, PolicyNames.Table, log), _dirty, IPFamilies.OfThisHost());
        _loop = new RuleLoop(writer, Metrics(), options.Time, log);
        _source.Follow(_dirty);
        _running = Task.Run(() => _loop.RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task ReadyAsync(CancellationToken cancellationToken) =>
        _loop is { } loop ? loop.Ready.WaitAsync(cancellationToken) : throw new InvalidOperationException("Not started.");

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _source.Dispose();
        _nftables?.Dispose();
        _dirty.Dispose();
        _stop.Dispose();
    }

    /// <summary>Removes every rule made from policies from this host.</summary>
    public static async Task CleanupAsync(CancellationToken cancellationToken)
    {
        using var nftables = HostNftables.Open();
        await KernelTable.CleanupAsync(nftables, PolicyNames.Table, cancellationToken);
    }

    private RuleMetrics Metrics() => new(
        [options.Metrics.Histogram("sampan_network_policy_sync_duration_seconds", "Time to compile and write a change of policies.", ProxyMetrics.Seconds).With()],
        [options.Metrics.Counter("sampan_network_policy_sync_failures_total", "Changes that nftables refused.").With()],
        [options.Metrics.Gauge("sampan_network_policy_last_sync_timestamp_seconds", "When the rules were last seen to be right.").With()]);
}

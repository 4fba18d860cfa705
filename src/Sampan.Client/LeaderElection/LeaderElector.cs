using Microsoft.Extensions.Logging;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Events;
using Sampan.Client.Metrics;

namespace Sampan.Client.LeaderElection;

/// <summary>
/// Lets one of several processes lead. Time is only ever measured here, from the moment a change of the lease was seen:
/// the clocks of the candidates need not agree.
/// <code>
///   candidate ──lease free, or not renewed for LeaseDuration──▶ leader ──not renewed for RenewDeadline──▶ RunAsync returns
/// </code>
/// </summary>
public sealed class LeaderElector(
    ApiClient client, LeaderElectionOptions options, TimeProvider time, ILogger log, EventRecorder? events = null, MetricRegistry? metrics = null)
{
    private const double Jitter = 1.2;
    private readonly ResourceClient<Lease> _leases = client.Of<Lease>();
    private readonly CounterValue? _slowPaths = metrics?.Counter("leader_election_slowpath_total", "Total number of slow path exercised in renewing leader leases.", "name").With(options.LeaseName);
    private Lease? _observed;
    private long _observedAt;

    /// <summary>Who leads, as far as is known.</summary>
    public string? Leader => _observed?.Spec.HolderIdentity;

    public bool IsLeader => Leader == options.Identity;

    /// <summary>
    /// Waits for the lease, then runs <paramref name="lead"/>, whose token is cancelled when the lease is lost.
    /// Returns when the work ended, the lease was lost, or the token was cancelled.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        if (!await AcquireAsync(cancellationToken)) return;
        log.LogInformation("Became leader of {Lease} as {Identity}", options.LeaseName, options.Identity);
        if (_observed is { } lease) events?.Event(lease, "Normal", "LeaderElection", $"{options.Identity} became leader");
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = lead(leading.Token);
        var renewing = RenewAsync(leading.Token);
        await Task.WhenAny(work, renewing);
        await leading.CancelAsync();
        await renewing;
        await QuietlyAsync(work);
        if (options.ReleaseOnStop && IsLeader) await ReleaseAsync();
        await work;
    }

    private static async Task QuietlyAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> AcquireAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!await TryAcquireOrRenewAsync(cancellationToken))
                await Task.Delay(options.RetryPeriod * (1 + Random.Shared.NextDouble() * Jitter), time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Returns when the lease could not be renewed in time, or when cancelled.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var renewedAt = time.GetTimestamp();
        try
        {
            while (time.GetElapsedTime(renewedAt) < options.RenewDeadline)
            {
                await Task.Delay(options.RetryPeriod, time, cancellationToken);
                using var deadline = new CancellationTokenSource(options.RenewDeadline, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
                var started = time.GetTimestamp();
                if (await TryAcquireOrRenewAsync(either.Token)) renewedAt = started;
                else if (!IsLeader) break;
            }

            log.LogError("Lost the lease {Lease}: it could not be renewed within {Deadline}", options.LeaseName, options.RenewDeadline);
        }
        catch (OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested) log.LogError("Lost the lease {Lease}: no answer within {Deadline}", options.LeaseName, options.RenewDeadline);
        }
    }

    private async Task<bool> TryAcquireOrRenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (IsLeader && _observed is { } mine && !Expired(mine))
            {
                try
                {
                    Observe(await _leases.UpdateAsync(Claim(mine), cancellationToken));
                    return true;
                }
                catch (StatusException e) when (e.IsConflict)
                {
                    // Someone changed the lease: look at it.
                    _slowPaths?.Increment();
                }
            }

            var known = await _leases.FindAsync(options.Namespace, options.LeaseName, cancellationToken);
            if (known is not null)
            {
                Observe(known);
                if (!IsLeader && !string.IsNullOrEmpty(Leader) && !Expired(known)) return false;
            }

            Observe(known is null
                ? await _leases.CreateAsync(Claim(null), cancellationToken)
                : await _leases.UpdateAsync(Claim(known), cancellationToken));
            return true;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            log.LogDebug("Lease {Lease}: {Reason}", options.LeaseName, e.Message);
            return false;
        }
    }

    private void Observe(Lease lease)
    {
        if (_observed is null || !lease.Spec.DeepEquals(_observed.Spec)) _observedAt = time.GetTimestamp();
        _observed = lease;
    }

    private bool Expired(Lease lease)
    {
        var duration = lease.Spec.LeaseDurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : options.LeaseDuration;
        return time.GetElapsedTime(_observedAt) >= duration;
    }

    /// <summary>The lease with this process as its holder; a renewal keeps the moment of acquisition.</summary>
    private Lease Claim(Lease? known)
    {
        var now = time.GetUtcNow();
        var lease = known?.DeepClone() ?? new Lease
        {
            Metadata = new ObjectMeta { Name = options.LeaseName, Namespace = options.Namespace },
        };
        var spec = lease.Spec;
        if (spec.HolderIdentity != options.Identity)
        {
            spec.AcquireTime = now;
            spec.LeaseTransitions = known is null ? 0 : (spec.LeaseTransitions ?? 0) + 1;
            spec.HolderIdentity = options.Identity;
        }

        spec.LeaseDurationSeconds = (int)options.LeaseDuration.TotalSeconds;
        spec.RenewTime = now;
        return lease;
    }

    private async Task ReleaseAsync()
    {
        var lease = Claim(_observed);
        lease.Spec.HolderIdentity = "";
        lease.Spec.LeaseDurationSeconds = 1;
        using var limit = new CancellationTokenSource(options.RetryPeriod, time);
        try
        {
            Observe(await _leases.UpdateAsync(lease, limit.Token));
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or OperationCanceledException)
        {
            log.LogWarning("The lease {Lease} was not released: {Reason}", options.LeaseName, e.Message);
        }
    }
}

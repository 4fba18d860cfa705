using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Coordination.V1;
using Sampan.Client.LeaderElection;
using Sampan.Client.Metrics;

namespace Sampan.Client.Tests.LeaderElection;

public sealed class LeaderElectorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _metrics = new();
    private readonly FakeApi _api;

    public LeaderElectorTests() => _api = new FakeApi(_time);

    [Fact]
    public async Task RunAsync_NoLease_CreatesItInUpstreamsFormat()
    {
        using var stop = new CancellationTokenSource();
        var (_, run) = Start("one", stop.Token);
        await Eventually.TrueAsync(() => Lease() is not null, "the lease");
        var spec = Lease()!.Spec;
        Assert.Equal(("one", 15, 0), (spec.HolderIdentity, spec.LeaseDurationSeconds, spec.LeaseTransitions));
        Assert.Equal(spec.AcquireTime, spec.RenewTime);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task RunAsync_CleanStop_ReleasesForTheNext()
    {
        using var stopOne = new CancellationTokenSource();
        using var stopTwo = new CancellationTokenSource();
        var (_, one) = Start("one", stopOne.Token);
        await HolderAsync("one");
        var (_, two) = Start("two", stopTwo.Token);
        await stopOne.CancelAsync();
        await one;
        Assert.NotEqual("one", Lease()!.Spec.HolderIdentity);
        await AdvanceUntilAsync(() => Lease()!.Spec.HolderIdentity == "two");
        Assert.Equal(1, Lease()!.Spec.LeaseTransitions);
        await stopTwo.CancelAsync();
        await two;
    }

    [Fact]
    public async Task RunAsync_LeaderCutOff_StopsLeadingBeforeAnotherTakesOver()
    {
        using var stop = new CancellationTokenSource();
        var (one, runOne) = Start("one", stop.Token);
        await Eventually.TrueAsync(() => one.Leads && _time.NextTimer is not null, "one leads and waits to renew");
        var cutOff = true;
        _api.Refuse = r => cutOff && r.Content?.Value is Lease { Spec.HolderIdentity: "one" or "" } ? new ApiConnectionException("cut off") : null;
        var (two, runTwo) = Start("two", stop.Token);
        // One gives up after ten seconds, the other waits for fifteen.
        _time.Advance(TimeSpan.FromSeconds(11));
        await Eventually.TrueAsync(() => !one.Leads, "it gives up");
        Assert.False(two.Leads);
        await AdvanceUntilAsync(() => two.Leads);
        Assert.False(one.Leads);
        await runOne;
        cutOff = false;
        await stop.CancelAsync();
        await runTwo;
    }

    [Fact]
    public async Task RunAsync_LeaseRenewed_OtherNeverTakesOver()
    {
        using var stop = new CancellationTokenSource();
        var (_, one) = Start("one", stop.Token);
        await HolderAsync("one");
        var (two, runTwo) = Start("two", stop.Token);
        for (var i = 0; i < 60; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(() => _time.GetUtcNow() - Lease()!.Spec.RenewTime!.Value.Value < TimeSpan.FromSeconds(5), "renewed", () => _time.Advance(TimeSpan.FromMilliseconds(10)));
        }

        Assert.False(two.Leads);
        await stop.CancelAsync();
        await Task.WhenAll(one, runTwo);
    }

    [Fact]
    public async Task RunAsync_SomebodyElseWritesTheLease_LooksAtItAndCountsThat()
    {
        using var stop = new CancellationTokenSource();
        var (work, run) = Start("one", stop.Token);
        await HolderAsync("one");
        var changed = Lease()!.DeepClone();
        changed.Metadata.Labels = new() { ["seen"] = "yes" };
        var known = _api.Put(changed).Metadata.ResourceVersion;
        await AdvanceUntilAsync(() => Lease()!.Metadata.ResourceVersion != known);
        Assert.True(work.Leads);
        Assert.Contains("leader_election_slowpath_total{name=\"test\"} 1\n", _metrics.Render(), StringComparison.Ordinal);
        await stop.CancelAsync();
        await run;
    }

    private (Work Work, Task Run) Start(string identity, CancellationToken cancellationToken)
    {
        var elector = new LeaderElector(_api.Client, new LeaderElectionOptions("test", identity), _time, NullLogger.Instance, null, _metrics);
        var work = new Work();
        return (work, Task.Run(() => elector.RunAsync(work.RunAsync, cancellationToken), CancellationToken.None));
    }

    private Lease? Lease() => _api.Find<Lease>("kube-system", "test");

    private Task HolderAsync(string identity) => Eventually.TrueAsync(() => Lease()?.Spec.HolderIdentity == identity, $"{identity} holds");

    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            if (condition()) return true;
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        },
        "time brings it");

    private sealed class Work
    {
        public volatile bool Leads;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            Leads = true;
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Leads = false;
            }
        }
    }
}

using Sampan.Client;

namespace Sampan.Cluster.Certificates;

/// <summary>Looks at certificates for as long as it runs: every hour, and when one is due.</summary>
internal abstract class PeriodicRenewal(string name, TimeProvider time) : IComponent
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1), Shortest = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public string Name => name;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Renews what is not fresh any more (<see cref="CertificateLife"/>); a failure is logged and left to the next time.</summary>
    public abstract Task TryRenewAsync(CancellationToken cancellationToken);

    /// <summary>When to look again.</summary>
    protected TimeSpan Pause => TimeSpan.FromTicks(Math.Clamp(Rest.Ticks, Shortest.Ticks, Longest.Ticks));

    /// <summary>How long all certificates may be left alone.</summary>
    protected abstract TimeSpan Rest { get; }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Pause, time, cancellationToken);
            await TryRenewAsync(cancellationToken);
        }
    }
}

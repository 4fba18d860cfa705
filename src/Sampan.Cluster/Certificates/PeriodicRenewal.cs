using Sampan.Client;

namespace Sampan.Cluster.Certificates;

/// <summary>Looks at certificates every hour for as long as it runs.</summary>
internal abstract class HourlyRenewal(string name, TimeProvider time) : IComponent
{
    protected static readonly TimeSpan CheckInterval = TimeSpan.FromHours(1);
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

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(CheckInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken)) await TryRenewAsync(cancellationToken);
    }
}

namespace Sampan.Kubelet.Nodes;

/// <summary>Whoever shuts the machine down, and waits for those who ask it to. Failures are <see cref="IOException"/>.</summary>
internal interface IShutdownManager
{
    /// <summary>How long it waits at most.</summary>
    Task<TimeSpan> LongestDelayAsync(CancellationToken cancellationToken);

    Task SetLongestDelayAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Asks it to wait, from now on and until that is disposed.</summary>
    IDisposable Delay();

    /// <summary>True each time the machine begins to go down, false when it stays up after all.</summary>
    IAsyncEnumerable<bool> WatchAsync(CancellationToken cancellationToken);
}

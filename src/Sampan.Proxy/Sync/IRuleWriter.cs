namespace Sampan.Proxy.Sync;

/// <summary>What a <see cref="RuleLoop"/> keeps up to date.</summary>
internal interface IRuleWriter
{
    /// <summary>Waits for something to change; false when nothing did for so long.</summary>
    Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>Whether there is something to take away soon, although nothing changes.</summary>
    bool HasLeftovers { get; }

    /// <summary>Makes the wait end although nothing changed.</summary>
    void Wake();

    Task WaitForSyncAsync(CancellationToken cancellationToken);

    /// <summary>Notices what others did to the rules.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Writes what changed.</summary>
    Task WriteAsync(CancellationToken cancellationToken);

    /// <summary>Makes the next writing write everything.</summary>
    void Invalidate();
}

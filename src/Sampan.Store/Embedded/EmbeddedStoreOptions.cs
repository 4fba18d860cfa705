namespace Sampan.Store.Embedded;

/// <summary>How to open an embedded store.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>The database file. It and its directory are made when missing, readable by the owner only.</summary>
    public required string Path { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long old revisions stay readable.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many revisions watches find in memory before they must read the history from the file.</summary>
    public int RecentRevisions { get; init; } = 256;

    /// <summary>The size in bytes beyond which the file does not grow: writes are refused then. 0 is no limit but the disk's.</summary>
    public long MaxBytes { get; init; }

    /// <summary>False trades durability for speed: a crash of the host (not of the process) may lose or damage data. For tests.</summary>
    public bool Durable { get; init; } = true;
}

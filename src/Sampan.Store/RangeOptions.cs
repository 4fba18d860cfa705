namespace Sampan.Store;

/// <summary>How to read a range.</summary>
public readonly record struct RangeOptions
{
    /// <summary>The revision to read at; 0 is the newest.</summary>
    public long Revision { get; init; }

    /// <summary>The most keys to return; 0 is all.</summary>
    public int Limit { get; init; }

    /// <summary>Only keys after this one (exclusive).</summary>
    public string? StartAfter { get; init; }

    /// <summary>Count the keys and return none of them.</summary>
    public bool CountOnly { get; init; }
}

namespace Sampan.Kubelet.Logs;

/// <summary>What part of a container's log is wanted, and how.</summary>
internal sealed record LogOptions
{
    public bool Follow { get; init; }

    public bool Timestamps { get; init; }

    /// <summary>The log of the instance before the current one.</summary>
    public bool Previous { get; init; }

    /// <summary>Lines from the end; null means all.</summary>
    public long? TailLines { get; init; }

    public long? LimitBytes { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary><c>stdout</c>, <c>stderr</c>, or null for both.</summary>
    public string? Stream { get; init; }
}

namespace Sampan.ControllerManager.Namespaces;

/// <summary>What emptying a namespace met: resources that remain, finalizers that hold them, and failures by kind of failure.</summary>
internal sealed class DeletionReport
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>How many objects remain, by resource such as <c>pods.</c> or <c>deployments.apps</c>.</summary>
    public SortedDictionary<string, int> Remaining { get; } = new(StringComparer.Ordinal);

    /// <summary>How many objects each finalizer holds back.</summary>
    public SortedDictionary<string, int> Finalizers { get; } = new(StringComparer.Ordinal);

    public string? DiscoveryFailure { get; set; }

    public List<string> ContentFailures { get; } = [];

    /// <summary>The longest grace period of what remains.</summary>
    public TimeSpan Grace { get; set; }

    /// <summary>When to look again; null when nothing remains.</summary>
    public TimeSpan? Retry
    {
        get
        {
            if (Remaining.Count == 0) return null;
            var wait = (Grace / 2) + TimeSpan.FromSeconds(1);
            return wait < LongestWait ? wait : LongestWait;
        }
    }

    public Exception? Failure =>
        DiscoveryFailure is { } discovery ? new InvalidOperationException(discovery)
        : ContentFailures.Count > 0 ? new InvalidOperationException(string.Join("; ", ContentFailures)) : null;
}

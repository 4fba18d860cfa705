namespace Sampan.Kubelet.Pods;

/// <summary>A container could not be started; the reason and message appear in its waiting state.</summary>
internal sealed class StartFailure(string reason, string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    public string Reason { get; } = reason;

    /// <summary>When the next attempt makes sense; null for the worker's usual back-off.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>A metric has no value now; the message tells the autoscaler's users why.</summary>
internal sealed class MetricException : Exception
{
    public MetricException(string message)
        : base(message)
    {
    }

    public MetricException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>True when the autoscaler asks for what does not exist: no waiting helps.</summary>
    public bool IsOfSpec { get; init; }
}

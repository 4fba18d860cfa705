namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>One pod's sample, in thousandths, taken over the window that ends at the time.</summary>
internal readonly record struct PodMetric(double Value, DateTimeOffset Timestamp, TimeSpan Window);

namespace Sampan.ControllerManager.MetricsServer;

internal readonly record struct MetricSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, DateTimeOffset? Time);

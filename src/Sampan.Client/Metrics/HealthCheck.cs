namespace Sampan.Client.Metrics;

/// <summary>A named check: null when well, else what is wrong. Readiness checks do not count for liveness.</summary>
public sealed record HealthCheck(string Name, Func<string?> Check, bool ReadinessOnly = false);

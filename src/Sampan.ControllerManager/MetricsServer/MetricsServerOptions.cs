namespace Sampan.ControllerManager.MetricsServer;

/// <summary>What the metrics server is started with.</summary>
public sealed record MetricsServerOptions
{
    /// <summary>The API server, through which kubelets are reached too. Called once, at the start.</summary>
    public required Func<ApiClient> Client { get; init; }

    /// <summary>How often kubelets are asked while somebody looks at the metrics: with the autoscaler's own period it must stay below five seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often they are asked while nobody does.</summary>
    public TimeSpan IdleInterval { get; init; } = TimeSpan.FromMinutes(1);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public required ILoggerFactory Logs { get; init; }
}

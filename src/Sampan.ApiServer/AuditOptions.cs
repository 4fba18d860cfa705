namespace Sampan.ApiServer;

/// <summary>What is recorded of requests, and where to.</summary>
public sealed record AuditOptions
{
    /// <summary>The policy, as a file in upstream's form; null records nothing.</summary>
    public string? PolicyFile { get; init; }

    /// <summary>Where events are written, one JSON document per line; "-" for the standard output, null for nowhere.</summary>
    public string? LogPath { get; init; }

    /// <summary>The size in megabytes at which a log file is put aside; 0 for never.</summary>
    public int MaxMegabytes { get; init; } = 100;

    /// <summary>How many files that were put aside are kept; 0 for all.</summary>
    public int MaxBackups { get; init; }

    /// <summary>How many days they are kept; 0 for ever.</summary>
    public int MaxDays { get; init; }

    /// <summary>A kubeconfig that says where events are posted to; null for nowhere.</summary>
    public string? WebhookConfigFile { get; init; }

    /// <summary>The most events that are posted at a time.</summary>
    public int WebhookMaxBatch { get; init; } = 400;

    /// <summary>How long an event waits for others to be posted with.</summary>
    public TimeSpan WebhookMaxWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many events may wait; beyond that they are lost.</summary>
    public int WebhookBufferSize { get; init; } = 10000;

    /// <summary>The wait before the first further attempt.</summary>
    public TimeSpan WebhookInitialBackoff { get; init; } = TimeSpan.FromSeconds(10);
}

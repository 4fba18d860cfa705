namespace Sampan.ApiServer.Health;

/// <summary>One named check; it returns null when all is well, else what is wrong.</summary>
public sealed record HealthCheck(string Name, Func<CancellationToken, ValueTask<string?>> CheckAsync)
{
    public static HealthCheck Ping { get; } = new("ping", static _ => ValueTask.FromResult<string?>(null));
}

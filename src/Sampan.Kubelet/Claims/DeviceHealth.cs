namespace Sampan.Kubelet.Claims;

/// <summary>How a driver says that a device is.</summary>
/// <param name="State">Healthy, Unhealthy or Unknown.</param>
/// <param name="Message">More for people; null for none.</param>
/// <param name="ToldAt">When the driver said it.</param>
/// <param name="Lifetime">How long it stands, unless the driver says it again.</param>
internal sealed record DeviceHealth(string State, string? Message, DateTimeOffset ToldAt, TimeSpan Lifetime)
{
    public const string Healthy = "Healthy";
    public const string Unhealthy = "Unhealthy";
    public const string Unknown = "Unknown";

    private const int LongestMessage = 1024;
    private const string Cut = "...";
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromSeconds(30);

    public static DeviceHealth Of(Health.DeviceHealth told, DateTimeOffset now) => new(
        told.Health switch
        {
            Health.HealthStatus.Healthy => Healthy,
            Health.HealthStatus.Unhealthy => Unhealthy,
            _ => Unknown,
        },
        told.Message.Length == 0 ? null : told.Message.Length <= LongestMessage ? told.Message : told.Message[..(LongestMessage - Cut.Length)] + Cut,
        now,
        told.HealthCheckTimeoutSeconds > 0 ? TimeSpan.FromSeconds(told.HealthCheckTimeoutSeconds) : UsualLifetime);

    public bool Says(DeviceHealth other) => (State, Message) == (other.State, other.Message);
}

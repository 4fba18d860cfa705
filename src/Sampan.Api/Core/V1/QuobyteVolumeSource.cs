namespace Sampan.Api.Core.V1;

/// <summary>A volume of a Quobyte storage cluster; no longer supported.</summary>
[ApiType("io.k8s.api.core.v1.QuobyteVolumeSource")]
public sealed partial class QuobyteVolumeSource : IApiType<QuobyteVolumeSource>
{
    /// <summary>Addresses of the Quobyte registries as host:port, separated by commas.</summary>
    [Field("registry", 1, Required = true)]
    public string Registry { get; set; } = "";

    /// <summary>Existing Quobyte volume to mount, by name.</summary>
    [Field("volume", 2, Required = true)]
    public string Volume { get; set; } = "";

    /// <summary>Whether the volume is mounted read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    /// <summary>User that all access is mapped to; the service account's when absent.</summary>
    [Field("user", 4)]
    public string? User { get; set; }

    /// <summary>Group that all access is mapped to; none when absent.</summary>
    [Field("group", 5)]
    public string? Group { get; set; }

    /// <summary>Quobyte tenant that owns the volume; filled in by the provisioner.</summary>
    [Field("tenant", 6)]
    public string? Tenant { get; set; }
}

namespace Sampan.Api.Core.V1;

/// <summary>Linux capabilities that a container gains or loses compared with the runtime's default set.</summary>
[ApiType("io.k8s.api.core.v1.Capabilities")]
public sealed partial class Capabilities : IApiType<Capabilities>
{
    /// <summary>Capabilities to grant on top of the default ones, without the CAP_ prefix, such as NET_ADMIN.</summary>
    [Field("add", 1, ListType = "atomic")]
    public List<string>? Add { get; set; }

    /// <summary>Capabilities to take away, such as NET_RAW; ALL takes away every one.</summary>
    [Field("drop", 2, ListType = "atomic")]
    public List<string>? Drop { get; set; }
}

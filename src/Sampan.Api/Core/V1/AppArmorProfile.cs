namespace Sampan.Api.Core.V1;

/// <summary>The AppArmor profile that confines a pod's containers on Linux nodes.</summary>
[ApiType("io.k8s.api.core.v1.AppArmorProfile", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"localhostProfile\":\"LocalhostProfile\"}}]")]
public sealed partial class AppArmorProfile : IApiType<AppArmorProfile>
{
    /// <summary>Where the profile comes from: RuntimeDefault, Unconfined (none at all) or Localhost (one loaded on the node).</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Profile that must already be loaded on the node; required with type Localhost and forbidden with any other.</summary>
    [Field("localhostProfile", 2, Pointer = true)]
    public string? LocalhostProfile { get; set; }
}

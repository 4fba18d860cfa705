namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.AppArmorProfile", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"localhostProfile\":\"LocalhostProfile\"}}]")]
public sealed partial class AppArmorProfile : IApiType<AppArmorProfile>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("localhostProfile", 2, Pointer = true)]
    public string? LocalhostProfile { get; set; }
}

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SeccompProfile", Unions = "[{\"discriminator\":\"type\",\"fields-to-discriminateBy\":{\"localhostProfile\":\"LocalhostProfile\"}}]")]
public sealed partial class SeccompProfile : IApiType<SeccompProfile>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("localhostProfile", 2, Pointer = true)]
    public string? LocalhostProfile { get; set; }
}

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SELinuxOptions")]
public sealed partial class SELinuxOptions : IApiType<SELinuxOptions>
{
    [Field("user", 1)]
    public string? User { get; set; }

    [Field("role", 2)]
    public string? Role { get; set; }

    [Field("type", 3)]
    public string? Type { get; set; }

    [Field("level", 4)]
    public string? Level { get; set; }
}

namespace Sampan.Api.Core.V1;

/// <summary>The parts of an SELinux label.</summary>
[ApiType("io.k8s.api.core.v1.SELinuxOptions")]
public sealed partial class SELinuxOptions : IApiType<SELinuxOptions>
{
    /// <summary>User part of the label, such as system_u.</summary>
    [Field("user", 1)]
    public string? User { get; set; }

    /// <summary>Role part of the label, such as system_r.</summary>
    [Field("role", 2)]
    public string? Role { get; set; }

    /// <summary>Type part of the label, such as container_t.</summary>
    [Field("type", 3)]
    public string? Type { get; set; }

    /// <summary>Level part of the label, such as s0:c123,c456.</summary>
    [Field("level", 4)]
    public string? Level { get; set; }
}

namespace Sampan.Api.Resource.V1;

/// <summary>A taint that a request puts up with.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceToleration")]
public sealed partial class DeviceToleration : IApiType<DeviceToleration>
{
    /// <summary>The taint's key; empty, with operator Exists, for every taint.</summary>
    [Field("key", 1)]
    public string? Key { get; set; }

    /// <summary>Equal (the default) compares the value, Exists does not.</summary>
    [Field("operator", 2, Default = "Equal")]
    public string? Operator { get; set; }

    /// <summary>The taint's value; empty with Exists.</summary>
    [Field("value", 3)]
    public string? Value { get; set; }

    /// <summary>The effect that is tolerated; every effect when empty.</summary>
    [Field("effect", 4)]
    public string? Effect { get; set; }

    /// <summary>Seconds for which NoExecute is tolerated; for ever when absent.</summary>
    [Field("tolerationSeconds", 5)]
    public long? TolerationSeconds { get; set; }
}

namespace Sampan.Api.Core.V1;

/// <summary>An option of the resolver, as in resolv.conf.</summary>
[ApiType("io.k8s.api.core.v1.PodDNSConfigOption")]
public sealed partial class PodDNSConfigOption : IApiType<PodDNSConfigOption>
{
    /// <summary>Which option it is, such as ndots; required.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>Argument of the option, such as 2; absent for options without one.</summary>
    [Field("value", 2, Pointer = true)]
    public string? Value { get; set; }
}

namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LimitRangeItem")]
public sealed partial class LimitRangeItem : IApiType<LimitRangeItem>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("max", 2)]
    public Dictionary<string, Quantity>? Max { get; set; }

    [Field("min", 3)]
    public Dictionary<string, Quantity>? Min { get; set; }

    [Field("default", 4)]
    public Dictionary<string, Quantity>? Default { get; set; }

    [Field("defaultRequest", 5)]
    public Dictionary<string, Quantity>? DefaultRequest { get; set; }

    [Field("maxLimitRequestRatio", 6)]
    public Dictionary<string, Quantity>? MaxLimitRequestRatio { get; set; }
}

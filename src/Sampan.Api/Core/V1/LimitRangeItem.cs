namespace Sampan.Api.Core.V1;

/// <summary>Bounds and defaults of one kind of object.</summary>
[ApiType("io.k8s.api.core.v1.LimitRangeItem")]
public sealed partial class LimitRangeItem : IApiType<LimitRangeItem>
{
    /// <summary>What is bounded: Container, Pod or PersistentVolumeClaim.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Most that an object may ask for, by resource.</summary>
    [Field("max", 2)]
    public Dictionary<string, Quantity>? Max { get; set; }

    /// <summary>Least that an object must ask for, by resource.</summary>
    [Field("min", 3)]
    public Dictionary<string, Quantity>? Min { get; set; }

    /// <summary>Limits given to containers that set none, by resource; used only with type Container.</summary>
    [Field("default", 4)]
    public Dictionary<string, Quantity>? Default { get; set; }

    /// <summary>Requests given to containers that set none, by resource; used only with type Container.</summary>
    [Field("defaultRequest", 5)]
    public Dictionary<string, Quantity>? DefaultRequest { get; set; }

    /// <summary>How many times its request a limit may be at most, by resource; both must then be set and not zero.</summary>
    [Field("maxLimitRequestRatio", 6)]
    public Dictionary<string, Quantity>? MaxLimitRequestRatio { get; set; }
}

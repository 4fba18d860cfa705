namespace Sampan.Api.Resource.V1;

/// <summary>One wish of a claim: a kind of device and how many, or several kinds of which the first that is there will do.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceRequest")]
public sealed partial class DeviceRequest : IApiType<DeviceRequest>
{
    /// <summary>The request's name, by which containers and constraints refer to it.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The devices that are wanted; not together with firstAvailable.</summary>
    [Field("exactly", 2)]
    public ExactDeviceRequest? Exactly { get; set; }

    /// <summary>Alternatives, best first, of which one is enough; at most 8, and not together with exactly.</summary>
    [Field("firstAvailable", 3, ListType = "atomic")]
    public List<DeviceSubRequest>? FirstAvailable { get; set; }
}

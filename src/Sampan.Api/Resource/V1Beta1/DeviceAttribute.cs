namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.DeviceAttribute")]
public sealed partial class DeviceAttribute : IApiType<DeviceAttribute>
{
    [Field("int", 2)]
    public long? Int { get; set; }

    [Field("bool", 3)]
    public bool? Bool { get; set; }

    [Field("string", 4, Pointer = true)]
    public string? String { get; set; }

    [Field("version", 5, Pointer = true)]
    public string? Version { get; set; }

    [Field("ints", 6, ListType = "atomic")]
    public List<long>? Ints { get; set; }

    [Field("bools", 7, ListType = "atomic")]
    public List<bool>? Bools { get; set; }

    [Field("strings", 8, ListType = "atomic")]
    public List<string>? Strings { get; set; }

    [Field("versions", 9, ListType = "atomic")]
    public List<string>? Versions { get; set; }
}

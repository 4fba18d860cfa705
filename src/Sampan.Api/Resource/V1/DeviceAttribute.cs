namespace Sampan.Api.Resource.V1;

/// <summary>A fact about a device; exactly one of its fields is set.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceAttribute")]
public sealed partial class DeviceAttribute : IApiType<DeviceAttribute>
{
    /// <summary>A number.</summary>
    [Field("int", 2)]
    public long? Int { get; set; }

    /// <summary>True or false.</summary>
    [Field("bool", 3)]
    public bool? Bool { get; set; }

    /// <summary>A text of at most 64 characters.</summary>
    [Field("string", 4, Pointer = true)]
    public string? String { get; set; }

    /// <summary>A semantic version, such as 1.2.3; at most 64 characters.</summary>
    [Field("version", 5, Pointer = true)]
    public string? Version { get; set; }

    /// <summary>Several numbers.</summary>
    [Field("ints", 6, ListType = "atomic")]
    public List<long>? Ints { get; set; }

    /// <summary>Several truth values.</summary>
    [Field("bools", 7, ListType = "atomic")]
    public List<bool>? Bools { get; set; }

    /// <summary>Several texts.</summary>
    [Field("strings", 8, ListType = "atomic")]
    public List<string>? Strings { get; set; }

    /// <summary>Several semantic versions.</summary>
    [Field("versions", 9, ListType = "atomic")]
    public List<string>? Versions { get; set; }
}

namespace Sampan.Api.Networking.V1;

/// <summary>Names the object that holds an address.</summary>
[ApiType("io.k8s.api.networking.v1.ParentReference")]
public sealed partial class ParentReference : IApiType<ParentReference>
{
    /// <summary>The API group of the object; empty for the core group.</summary>
    [Field("group", 1)]
    public string? Group { get; set; }

    /// <summary>The object's resource in plural, such as services.</summary>
    [Field("resource", 2, Required = true, OmitEmpty = true)]
    public string Resource { get; set; } = "";

    /// <summary>The object's namespace.</summary>
    [Field("namespace", 3)]
    public string? Namespace { get; set; }

    /// <summary>The object's name.</summary>
    [Field("name", 4, Required = true, OmitEmpty = true)]
    public string Name { get; set; } = "";
}

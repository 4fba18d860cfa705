namespace Sampan.Api.ApiServerInternal.V1Alpha1;

/// <summary>What one API server writes and can read of a resource.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.ServerStorageVersion")]
public sealed partial class ServerStorageVersion : IApiType<ServerStorageVersion>
{
    /// <summary>The API server that made this entry.</summary>
    [Field("apiServerID", 1, Required = true, OmitEmpty = true)]
    public string ApiServerID { get; set; } = "";

    /// <summary>Version it stores new and changed objects in, such as apps/v1.</summary>
    [Field("encodingVersion", 2, Required = true, OmitEmpty = true)]
    public string EncodingVersion { get; set; } = "";

    /// <summary>Versions it can read from the store; contains the one it writes.</summary>
    [Field("decodableVersions", 3, Required = true, ListType = "set")]
    public List<string> DecodableVersions { get; set; } = [];

    /// <summary>Versions it offers to clients, all of which it can read.</summary>
    [Field("servedVersions", 4, ListType = "set")]
    public List<string>? ServedVersions { get; set; }
}

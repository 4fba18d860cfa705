namespace Sampan.Api.ApiServerInternal.V1Alpha1;

[ApiType("io.k8s.api.apiserverinternal.v1alpha1.ServerStorageVersion")]
public sealed partial class ServerStorageVersion : IApiType<ServerStorageVersion>
{
    [Field("apiServerID", 1, Required = true, OmitEmpty = true)]
    public string ApiServerID { get; set; } = "";

    [Field("encodingVersion", 2, Required = true, OmitEmpty = true)]
    public string EncodingVersion { get; set; } = "";

    [Field("decodableVersions", 3, Required = true, ListType = "set")]
    public List<string> DecodableVersions { get; set; } = [];

    [Field("servedVersions", 4, ListType = "set")]
    public List<string>? ServedVersions { get; set; }
}

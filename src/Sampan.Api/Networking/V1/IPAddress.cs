using Sampan.Api.Meta.V1;

namespace Sampan.Api.Networking.V1;

/// <summary>One cluster address that is in use, and by what.</summary>
[ApiType("io.k8s.api.networking.v1.IPAddress")]
[Kind("networking.k8s.io", "v1", Plural = "ipaddresses", Singular = "ipaddress", ShortNames = ["ip"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class IPAddress : IObject<IPAddress>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who uses the address.</summary>
    [Field("spec", 2, Required = true)]
    public IPAddressSpec Spec { get; set; } = new();
}

namespace Sampan.Api.Networking.V1;

/// <summary>Who uses an address.</summary>
[ApiType("io.k8s.api.networking.v1.IPAddressSpec")]
public sealed partial class IPAddressSpec : IApiType<IPAddressSpec>
{
    /// <summary>The object that holds the address, a Service for cluster addresses; required.</summary>
    [Field("parentRef", 1, Required = true, Always = true)]
    public ParentReference? ParentRef { get; set; }
}

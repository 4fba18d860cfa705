namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IPAddressSpec")]
public sealed partial class IPAddressSpec : IApiType<IPAddressSpec>
{
    [Field("parentRef", 1, Required = true, Always = true)]
    public ParentReference? ParentRef { get; set; }
}

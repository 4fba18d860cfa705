namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.CELDeviceSelector")]
public sealed partial class CELDeviceSelector : IApiType<CELDeviceSelector>
{
    [Field("expression", 1, Required = true)]
    public string Expression { get; set; } = "";
}

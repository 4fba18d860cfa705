namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.CELDeviceSelector")]
public sealed partial class CELDeviceSelector : IApiType<CELDeviceSelector>
{
    [Field("expression", 1, Required = true)]
    public string Expression { get; set; } = "";
}

namespace Sampan.Api.AdmissionRegistration.V1Beta1;

[ApiType("io.k8s.api.admissionregistration.v1beta1.ParamKind", MapType = "atomic")]
public sealed partial class ParamKind : IApiType<ParamKind>
{
    [Field("apiVersion", 1)]
    public string? ApiVersion { get; set; }

    [Field("kind", 2)]
    public string? Kind { get; set; }
}

namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.Validation")]
public sealed partial class Validation : IApiType<Validation>
{
    [Field("expression", 1, Required = true)]
    public string Expression { get; set; } = "";

    [Field("message", 2)]
    public string? Message { get; set; }

    [Field("reason", 3, Pointer = true)]
    public string? Reason { get; set; }

    [Field("messageExpression", 4)]
    public string? MessageExpression { get; set; }
}

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>A type error that the server found in one expression of a policy.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ExpressionWarning")]
public sealed partial class ExpressionWarning : IApiType<ExpressionWarning>
{
    /// <summary>Path to the faulty expression in the policy, such as spec.validations[0].expression.</summary>
    [Field("fieldRef", 2, Required = true)]
    public string FieldRef { get; set; } = "";

    /// <summary>The kinds it was checked against and the compiler's message for each.</summary>
    [Field("warning", 3, Required = true)]
    public string Warning { get; set; } = "";
}

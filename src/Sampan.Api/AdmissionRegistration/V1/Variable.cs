namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>A named CEL expression that other expressions of the policy can use.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.Variable", MapType = "atomic")]
public sealed partial class Variable : IApiType<Variable>
{
    /// <summary>CEL identifier under which it is reached, as in variables.foo; unique in the policy.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>CEL expression for the value, computed on first use; sees what the policy's other expressions see.</summary>
    [Field("expression", 2, Required = true)]
    public string Expression { get; set; } = "";
}

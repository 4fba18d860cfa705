namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>One check of a policy, with the error it causes.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.Validation")]
public sealed partial class Validation : IApiType<Validation>
{
    /// <summary>
    /// CEL expression that must be true; sees object, oldObject, request, params, namespaceObject, variables and authorizer.
    /// </summary>
    [Field("expression", 1, Required = true)]
    public string Expression { get; set; } = "";

    /// <summary>Error text in one line; needed when the expression has line breaks, otherwise derived from it when absent.</summary>
    [Field("message", 2)]
    public string? Message { get; set; }

    /// <summary>Sets the error's reason and HTTP code: Unauthorized, Forbidden, Invalid (default) or RequestEntityTooLarge.</summary>
    [Field("reason", 3, Pointer = true)]
    public string? Reason { get; set; }

    /// <summary>
    /// CEL expression that builds the error text and goes before the fixed message, which is used if it fails or gives nothing.
    /// </summary>
    [Field("messageExpression", 4)]
    public string? MessageExpression { get; set; }
}

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>A note that a policy adds to the audit event of each request it looks at.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.AuditAnnotation")]
public sealed partial class AuditAnnotation : IApiType<AuditAnnotation>
{
    /// <summary>
    /// Last part of the note's key in the audit log, after the policy's name; unique within the policy and at most 63 bytes.
    /// </summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>CEL expression for the note's text; null or an empty string leaves the note out, and more than 10 kB is cut off.</summary>
    [Field("valueExpression", 2, Required = true)]
    public string ValueExpression { get; set; } = "";
}

using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Expressions that may refuse requests.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicy")]
[Kind("admissionregistration.k8s.io", "v1", Plural = "validatingadmissionpolicies", Singular = "validatingadmissionpolicy", Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ValidatingAdmissionPolicy : IObject<ValidatingAdmissionPolicy>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which requests the policy checks, and what it demands of them.</summary>
    [Field("spec", 2)]
    public ValidatingAdmissionPolicySpec Spec { get; set; } = new();

    /// <summary>Warnings the server has about the policy; written by the system only.</summary>
    [Field("status", 3)]
    public ValidatingAdmissionPolicyStatus Status { get; set; } = new();
}

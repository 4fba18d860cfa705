using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Expressions that change objects on their way in.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicy")]
[Kind("admissionregistration.k8s.io", "v1", Plural = "mutatingadmissionpolicies", Singular = "mutatingadmissionpolicy", Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class MutatingAdmissionPolicy : IObject<MutatingAdmissionPolicy>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which requests the policy changes, and how.</summary>
    [Field("spec", 2)]
    public MutatingAdmissionPolicySpec Spec { get; set; } = new();
}

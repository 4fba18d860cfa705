using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Puts a MutatingAdmissionPolicy to use, with its parameters.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBinding")]
[Kind("admissionregistration.k8s.io", "v1", Plural = "mutatingadmissionpolicybindings", Singular = "mutatingadmissionpolicybinding", Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class MutatingAdmissionPolicyBinding : IObject<MutatingAdmissionPolicyBinding>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The policy to put into force, its parameters and the requests it is limited to.</summary>
    [Field("spec", 2)]
    public MutatingAdmissionPolicyBindingSpec Spec { get; set; } = new();
}

using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Puts a ValidatingAdmissionPolicy to use, with its parameters.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBinding")]
[Kind("admissionregistration.k8s.io", "v1", Plural = "validatingadmissionpolicybindings", Singular = "validatingadmissionpolicybinding", Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ValidatingAdmissionPolicyBinding : IObject<ValidatingAdmissionPolicyBinding>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The policy to enforce, with which parameters, on what, and what a violation leads to.</summary>
    [Field("spec", 2, Required = true)]
    public ValidatingAdmissionPolicyBindingSpec Spec { get; set; } = new();
}

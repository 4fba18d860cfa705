using Sampan.Api.AdmissionRegistration.V1;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>The resources of the group admissionregistration.k8s.io.</summary>
internal static class AdmissionRegistrationResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.Of(new ValidatingWebhookConfigurationStrategy()),
        ResourceDescriptors.Of(new MutatingWebhookConfigurationStrategy()),
        ResourceDescriptors.WithStatus(new ValidatingAdmissionPolicyStrategy()),
        ResourceDescriptors.Of(new MutatingAdmissionPolicyStrategy()),
        ResourceDescriptors.Of(new PolicyBindingStrategy<ValidatingAdmissionPolicyBinding>(
            (a, b) => a.Spec.DeepEquals(b.Spec),
            binding => MatchResourcesDefaults.Apply(binding.Spec.MatchResources),
            PolicyBindingValidation.Validate)),
        ResourceDescriptors.Of(new PolicyBindingStrategy<MutatingAdmissionPolicyBinding>(
            (a, b) => a.Spec.DeepEquals(b.Spec),
            binding => MatchResourcesDefaults.Apply(binding.Spec.MatchResources),
            PolicyBindingValidation.Validate)),
    ];
}

using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>The resources of the group admissionregistration.k8s.io.</summary>
internal static class AdmissionRegistrationResources
{
    public static IEnumerable<ResourceDescriptor> All() =>
    [
        ResourceDescriptors.Of(new WebhookConfigurationStrategy<ValidatingWebhookConfiguration>(
            configuration => configuration.Webhooks.OrEmpty(), (a, b) => FieldChecks.AreEqual(a.Webhooks, b.Webhooks))),
        ResourceDescriptors.Of(new WebhookConfigurationStrategy<MutatingWebhookConfiguration>(
            configuration => configuration.Webhooks.OrEmpty(), (a, b) => FieldChecks.AreEqual(a.Webhooks, b.Webhooks))),
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

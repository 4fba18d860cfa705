using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Web services that may refuse requests.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingWebhookConfiguration")]
[Kind("admissionregistration.k8s.io", "v1", Plural = "validatingwebhookconfigurations", Singular = "validatingwebhookconfiguration", Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ValidatingWebhookConfiguration : IObject<ValidatingWebhookConfiguration>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The registered webhooks; all that match are called, in parallel.</summary>
    [Field("webhooks", 2, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<ValidatingWebhook>? Webhooks { get; set; }
}

using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Web services that may change objects on their way in.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration")]
[Kind("admissionregistration.k8s.io", "v1", Plural = "mutatingwebhookconfigurations", Singular = "mutatingwebhookconfiguration", Categories = ["api-extensions"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class MutatingWebhookConfiguration : IObject<MutatingWebhookConfiguration>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The webhooks this configuration registers, each under its own name.</summary>
    [Field("webhooks", 2, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MutatingWebhook>? Webhooks { get; set; }
}

using Sampan.Api;

namespace Sampan.ApiServer.Discovery;

/// <summary>
/// The versions whose hash upstream publishes where they are not the ones in which this server keeps objects.
/// Clients compare hashes between servers of one release, so the published ones are upstream's.
/// </summary>
internal static class StorageVersions
{
    private static readonly Dictionary<(string Group, string Kind), (string Group, string Version)> Published = new()
    {
        [("admissionregistration.k8s.io", "MutatingAdmissionPolicy")] = ("admissionregistration.k8s.io", "v1beta1"),
        [("admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding")] = ("admissionregistration.k8s.io", "v1beta1"),
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = ("apiextensions.k8s.io", "v1beta1"),
        [("events.k8s.io", "Event")] = ("", "v1"),
        [("resource.k8s.io", "DeviceTaintRule")] = ("resource.k8s.io", "v1alpha3"),
    };

    public static GroupVersionKind PublishedOf(KindInfo stored) =>
        Published.TryGetValue((stored.Group, stored.Kind), out var published)
            ? new GroupVersionKind(published.Group, published.Version, stored.Kind)
            : stored.GroupVersionKind;
}

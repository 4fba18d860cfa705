using System.Collections.Frozen;

namespace Sampan.ApiServer;

/// <summary>The names of upstream's admission plugins, and which of them this server has.</summary>
public static class AdmissionPluginNames
{
    /// <summary>What they ask is asked nowhere here: there are no webhooks, no policies in CEL, and nothing that they would look at.</summary>
    private static readonly FrozenSet<string> Idle = Names("""
        AlwaysAdmit ClusterTrustBundleAttest MutatingAdmissionPolicy MutatingAdmissionWebhook ValidatingAdmissionPolicy
        ValidatingAdmissionWebhook
        """);

    private static readonly FrozenSet<string> Present = Names("""
        AlwaysPullImages CertificateApproval CertificateSigning CertificateSubjectRestriction DefaultIngressClass DefaultStorageClass
        DefaultTolerationSeconds DenyServiceExternalIPs ExtendedResourceToleration LimitPodHardAntiAffinityTopology LimitRanger NamespaceLifecycle
        NodeDeclaredFeatureValidator NodeRestriction PersistentVolumeClaimResize PodResizeValidator PodSecurity PodTopologyLabels Priority ResourceQuota
        RuntimeClass ServiceAccount StorageObjectInUseProtection TaintNodesByCondition
        """);

    private static readonly FrozenSet<string> Absent = Names("""
        AlwaysDeny EventRateLimit ImagePolicyWebhook NamespaceAutoProvision NamespaceExists OwnerReferencesPermissionEnforcement PodNodeSelector
        PodTolerationRestriction
        """);

    /// <summary>What is wrong with the plugins that are asked for; to go on without one that is not here would be less safe.</summary>
    public static IEnumerable<string> Problems(IReadOnlySet<string> enabled, IReadOnlySet<string> disabled)
    {
        foreach (var name in enabled.Where(name => !IsKnown(name)))
        {
            yield return $"enable-admission-plugins plugin \"{name}\" is unknown";
        }
        foreach (var name in disabled.Where(name => !IsKnown(name)))
        {
            yield return $"disable-admission-plugins plugin \"{name}\" is unknown";
        }
        foreach (var name in enabled.Where(disabled.Contains))
        {
            yield return $"[{name}] in enable-admission-plugins and disable-admission-plugins overlapped";
        }
        foreach (var name in enabled.Where(Absent.Contains))
        {
            yield return $"enable-admission-plugins plugin \"{name}\" is not supported";
        }
    }

    private static bool IsKnown(string name) => Present.Contains(name) || Idle.Contains(name) || Absent.Contains(name);

    private static FrozenSet<string> Names(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}

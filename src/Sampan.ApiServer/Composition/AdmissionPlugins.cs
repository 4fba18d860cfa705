using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Admission.Certificates;
using Sampan.ApiServer.Admission.PodSecurity;
using Sampan.ApiServer.Admission.Quota;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Composition;

/// <summary>The admission plugins in upstream's order: those that are on by default unless they are switched off, others when asked for.</summary>
internal static class AdmissionPlugins
{
    /// <summary>
    /// Off until asked for, as upstream; and what StorageObjectInUseProtection adds is removed by controllers that a cluster may not run, and without
    /// them claims would never go.
    /// </summary>
    private static readonly HashSet<string> Optional =
        ["AlwaysPullImages", "DenyServiceExternalIPs", "ExtendedResourceToleration", "LimitPodHardAntiAffinityTopology", "StorageObjectInUseProtection"];

    public static IReadOnlyList<AdmissionPlugin> Build(
        ApiServerOptions options, IObjectSource objects, RegistryLinks links, AuthorizationParts authorization)
    {
        AdmissionPlugin[] all =
        [
            new NamespaceLifecycle(objects), new LimitPodHardAntiAffinityTopology(), new LimitRanger(objects), new ServiceAccountAdmission(objects, options.Time),
            new NodeRestriction(objects, authorization.Authorizer), new TaintNodesByCondition(), new AlwaysPullImages(),
            new PodSecurityAdmission(objects, new PodSecurityMetrics(options.Metrics)), new PriorityAdmission(objects), new DefaultTolerationSeconds(options.NotReadyTolerationSeconds, options.UnreachableTolerationSeconds), new ExtendedResourceToleration(),
            new DefaultStorageClass(objects), new StorageObjectInUseProtection(),
            new PersistentVolumeClaimResize(objects), new RuntimeClassAdmission(objects), new CertificateApproval(authorization.Authorizer),
            new CertificateSigning(authorization.Authorizer), new CertificateSubjectRestriction(), new DefaultIngressClass(objects),
            new PodTopologyLabels(objects), new NodeDeclaredFeatureValidator(objects), new PodResizeValidator(objects), new RbacEscalation(authorization.Escalation),
            new DenyServiceExternalIPs(), new ResourceClaimAccess(objects, new ClaimStatusAccess(authorization.Authorizer)),
            // Last: what any other refuses is not charged.
            new ResourceQuotaAdmission(objects, links, options.Time),
        ];
        return [.. all.Where(IsOn)];

        bool IsOn(AdmissionPlugin plugin) => Optional.Contains(plugin.Name)
            ? options.EnabledAdmissionPlugins.Contains(plugin.Name)
            : !options.DisabledAdmissionPlugins.Contains(plugin.Name);
    }
}

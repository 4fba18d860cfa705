using Sampan.Api;
using Sampan.Api.Core.V1;
using static Sampan.ApiServer.Admission.PodSecurity.CheckText;

namespace Sampan.ApiServer.Admission.PodSecurity;

/// <summary>The restricted level: what hardened pods do without.</summary>
internal static class RestrictedChecks
{
    private const string NetBindService = "NET_BIND_SERVICE";

    public static IReadOnlyList<PodSecurityCheck> All { get; } =
    [
        Of((pod, minor) => IsExempt(pod, minor) || minor < 8 ? null : PrivilegeEscalation(pod)),
        Of((pod, minor) => IsExempt(pod, minor) || minor < 22 ? null : Capabilities(pod)),
        Of((pod, _) => Volumes(pod.Spec)),
        Of((pod, _) => RunAsNonRoot(pod)),
        Of((pod, minor) => minor < 23 ? null : RunAsUser(pod)),
        Of((pod, minor) => IsExempt(pod, minor) || minor < 19 ? null : Seccomp(pod)),
    ];

    private static PodSecurityCheck Of(Func<PodView, int, Violation?> find) => new(PodSecurityLevel.Restricted, find);

    /// <summary>Windows has none of these.</summary>
    private static bool IsExempt(PodView pod, int minor) => minor >= 25 && pod.IsWindows;

    private static Violation? PrivilegeEscalation(PodView pod)
    {
        var bad = Names(pod, one => one.Context?.AllowPrivilegeEscalation != false);
        return bad.Count == 0 ? null : new(
            "allowPrivilegeEscalation != false", $"{Containers(bad)} must set securityContext.allowPrivilegeEscalation=false");
    }

    private static Violation? Capabilities(PodView pod)
    {
        static IEnumerable<string> Added(ContainerView one) => (one.Context?.Capabilities?.Add).OrEmpty().Where(name => name != NetBindService);

        var keeping = Names(pod, one => !(one.Context?.Capabilities?.Drop).OrEmpty().Contains("ALL"));
        var adding = pod.Containers.Where(one => Added(one).Any()).ToList();
        List<string> details = [];
        if (keeping.Count > 0)
        {
            details.Add($"{Containers(keeping)} must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (adding.Count > 0)
        {
            details.Add($"{Containers([.. adding.Select(one => one.Name)])} must not include {Sorted(adding.SelectMany(Added))} in securityContext.capabilities.add");
        }
        return details.Count == 0 ? null : new("unrestricted capabilities", string.Join("; ", details));
    }

    private static Violation? Volumes(PodSpec spec)
    {
        var bad = spec.Volumes.OrEmpty().Select(volume => (volume.Name, Type: RestrictedType(volume))).Where(one => one.Type is not null).ToList();
        var types = bad.Select(one => one.Type!).Distinct().ToList();
        return bad.Count == 0 ? null : new(
            "restricted volume types",
            $"{Plural("volume", "volumes", bad.Count)} {Quoted(bad.Select(one => one.Name))} {Plural("uses", "use", bad.Count)} "
            + $"{Plural("restricted volume type", "restricted volume types", types.Count)} {Sorted(types)}");
    }

    private static string? RestrictedType(Volume volume) => volume switch
    {
        { ConfigMap: not null } or { Csi: not null } or { DownwardAPI: not null } or { EmptyDir: not null } or { Ephemeral: not null }
            or { PersistentVolumeClaim: not null } or { Projected: not null } or { Secret: not null } => null,
        { HostPath: not null } => "hostPath",
        { GcePersistentDisk: not null } => "gcePersistentDisk",
        { AwsElasticBlockStore: not null } => "awsElasticBlockStore",
        { GitRepo: not null } => "gitRepo",
        { Nfs: not null } => "nfs",
        { Iscsi: not null } => "iscsi",
        { Glusterfs: not null } => "glusterfs",
        { Rbd: not null } => "rbd",
        { FlexVolume: not null } => "flexVolume",
        { Cinder: not null } => "cinder",
        { Cephfs: not null } => "cephfs",
        { Flocker: not null } => "flocker",
        { Fc: not null } => "fc",
        { AzureFile: not null } => "azureFile",
        { VsphereVolume: not null } => "vsphereVolume",
        { Quobyte: not null } => "quobyte",
        { AzureDisk: not null } => "azureDisk",
        { PortworxVolume: not null } => "portworxVolume",
        { ScaleIO: not null } => "scaleIO",
        { Storageos: not null } => "storageos",
        { PhotonPersistentDisk: not null } => "photonPersistentDisk",
        { Image: not null } => "image",
        _ => "unknown",
    };

    private static Violation? RunAsNonRoot(PodView pod)
    {
        const string Reason = "runAsNonRoot != true";
        var forPod = pod.Context?.RunAsNonRoot;
        var setters = Setters(forPod == false, Names(pod, one => one.Context?.RunAsNonRoot == false));
        if (setters.Length > 0)
        {
            return new(Reason, $"{setters} must not set securityContext.runAsNonRoot=false");
        }
        var silent = Names(pod, one => one.Context?.RunAsNonRoot is null && forPod != true);
        return silent.Count == 0 ? null : new(Reason, $"pod or {Containers(silent)} must set securityContext.runAsNonRoot=true");
    }

    private static Violation? RunAsUser(PodView pod)
    {
        var setters = Setters(pod.Context?.RunAsUser == 0, Names(pod, one => one.Context?.RunAsUser == 0));
        return setters.Length == 0 ? null : new("runAsUser=0", $"{setters} must not set runAsUser=0");
    }

    private static Violation? Seccomp(PodView pod)
    {
        if (SeccompSetters.Find(pod) is { } bad)
        {
            return bad;
        }
        var silent = Names(pod, one => one.Context?.SeccompProfile is null && !SeccompSetters.IsGood(pod.Context?.SeccompProfile));
        return silent.Count == 0 ? null : new(
            "seccompProfile", $"pod or {Containers(silent)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"");
    }

    private static List<string> Names(PodView pod, Func<ContainerView, bool> isBad) => [.. pod.Containers.Where(isBad).Select(one => one.Name)];
}

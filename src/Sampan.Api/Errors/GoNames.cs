using System.Collections.Frozen;

namespace Sampan.Api;

/// <summary>The names and the order of the fields of upstream's internal types, where they are not those of the wire.</summary>
internal static class GoNames
{
    /// <summary>Fields of a pod's spec on the wire, of its security context inside.</summary>
    public static readonly string[] HostFields = ["hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"];

    private const string Core = "io.k8s.api.core.v1.";
    private const string Apps = "io.k8s.api.apps.v1.";
    private const string Resource = "io.k8s.api.resource.v1.";
    private const string PodSpec = Core + "PodSpec";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["apiGroup"] = "APIGroup",
        ["apiGroups"] = "APIGroups",
        ["apiVersion"] = "APIVersion",
        ["apiVersions"] = "APIVersions",
        ["awsElasticBlockStore"] = "AWSElasticBlockStore",
        ["caBundle"] = "CABundle",
        ["cephfs"] = "CephFS",
        ["chapAuthDiscovery"] = "DiscoveryCHAPAuth",
        ["chapAuthSession"] = "SessionCHAPAuth",
        ["cidr"] = "CIDR",
        ["cidrs"] = "CIDRs",
        ["csi"] = "CSI",
        ["diskURI"] = "DataDiskURI",
        ["dnsConfig"] = "DNSConfig",
        ["dnsPolicy"] = "DNSPolicy",
        ["fc"] = "FC",
        ["fsGroup"] = "FSGroup",
        ["fsGroupChangePolicy"] = "FSGroupChangePolicy",
        ["fsGroupPolicy"] = "FSGroupPolicy",
        ["fsType"] = "FSType",
        ["gcePersistentDisk"] = "GCEPersistentDisk",
        ["gmsaCredentialSpec"] = "GMSACredentialSpec",
        ["gmsaCredentialSpecName"] = "GMSACredentialSpecName",
        ["grpc"] = "GRPC",
        ["http"] = "HTTP",
        ["httpGet"] = "HTTPGet",
        ["httpHeaders"] = "HTTPHeaders",
        ["ip"] = "IP",
        ["ipBlock"] = "IPBlock",
        ["ipFamilies"] = "IPFamilies",
        ["ipFamily"] = "IPFamily",
        ["ipFamilyPolicy"] = "IPFamilyPolicy",
        ["iqn"] = "IQN",
        ["iscsi"] = "ISCSI",
        ["iscsiInterface"] = "ISCSIInterface",
        ["nfs"] = "NFS",
        ["os"] = "OS",
        ["pdID"] = "PdID",
        ["pdName"] = "PDName",
        ["qosClass"] = "QOSClass",
        ["rbd"] = "RBD",
        ["scaleIO"] = "ScaleIO",
        ["seLinuxChangePolicy"] = "SELinuxChangePolicy",
        ["seLinuxMount"] = "SELinuxMount",
        ["seLinuxOptions"] = "SELinuxOptions",
        ["sslEnabled"] = "SSLEnabled",
        ["storageos"] = "StorageOS",
        ["tcpSocket"] = "TCPSocket",
        ["tls"] = "TLS",
        ["ttlSecondsAfterFinished"] = "TTLSecondsAfterFinished",
        ["tty"] = "TTY",
        ["uid"] = "UID",
        ["url"] = "URL",
        ["wwids"] = "WWIDs",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string Type, string Field), string> OwnNames = new Dictionary<(string, string), string>
    {
        [(Core + "GlusterfsVolumeSource", "endpoints")] = "EndpointsName",
        [(Core + "GlusterfsPersistentVolumeSource", "endpoints")] = "EndpointsName",
        [(Core + "RBDVolumeSource", "monitors")] = "CephMonitors",
        [(Core + "RBDVolumeSource", "image")] = "RBDImage",
        [(Core + "RBDVolumeSource", "pool")] = "RBDPool",
        [(Core + "RBDVolumeSource", "user")] = "RadosUser",
        [(Core + "RBDPersistentVolumeSource", "monitors")] = "CephMonitors",
        [(Core + "RBDPersistentVolumeSource", "image")] = "RBDImage",
        [(Core + "RBDPersistentVolumeSource", "pool")] = "RBDPool",
        [(Core + "RBDPersistentVolumeSource", "user")] = "RadosUser",
        [(Resource + "DeviceAttribute", "bool")] = "BoolValue",
        [(Resource + "DeviceAttribute", "bools")] = "BoolValues",
        [(Resource + "DeviceAttribute", "int")] = "IntValue",
        [(Resource + "DeviceAttribute", "ints")] = "IntValues",
        [(Resource + "DeviceAttribute", "string")] = "StringValue",
        [(Resource + "DeviceAttribute", "strings")] = "StringValues",
        [(Resource + "DeviceAttribute", "version")] = "VersionValue",
        [(Resource + "DeviceAttribute", "versions")] = "VersionValues",
    }.ToFrozenDictionary();

    /// <summary>Fields that are not where the wire has them: after which other field they come, null for nowhere.</summary>
    private static readonly FrozenDictionary<(string Type, string Field), string?> Moves = new Dictionary<(string, string), string?>
    {
        [(PodSpec, "serviceAccount")] = null,
        [(PodSpec, "hostNetwork")] = null,
        [(PodSpec, "hostPID")] = null,
        [(PodSpec, "hostIPC")] = null,
        [(PodSpec, "shareProcessNamespace")] = null,
        [(PodSpec, "hostUsers")] = null,
        [(PodSpec, "setHostnameAsFQDN")] = "subdomain",
        [(PodSpec, "preemptionPolicy")] = "priority",
        [(PodSpec, "overhead")] = "runtimeClassName",
        [(Core + "Volume", "quobyte")] = "rbd",
        [(Core + "PersistentVolumeSpec", "quobyte")] = "rbd",
        [(Core + "PersistentVolumeSpec", "flexVolume")] = "iscsi",
    }.ToFrozenDictionary();

    /// <summary>Fields that are pointers on the wire and values inside, since defaults fill them.</summary>
    private static readonly FrozenSet<(string Type, string Field)> Values = new[]
    {
        (Core + "ServiceAccountTokenProjection", "expirationSeconds"),
        (Core + "ServicePort", "targetPort"),
        (Apps + "DeploymentSpec", "replicas"),
        (Apps + "ReplicaSetSpec", "replicas"),
        (Apps + "RollingUpdateDaemonSet", "maxSurge"),
        (Apps + "RollingUpdateDaemonSet", "maxUnavailable"),
        (Apps + "RollingUpdateDeployment", "maxSurge"),
        (Apps + "RollingUpdateDeployment", "maxUnavailable"),
        (Apps + "RollingUpdateStatefulSetStrategy", "partition"),
        (Apps + "StatefulSetSpec", "replicas"),
    }.ToFrozenSet();

    public static bool IsNullWhenAbsent(TypeSchema type, FieldSchema field) => field.IsPointer && !Values.Contains((type.Name, field.Name));

    public static string Of(TypeSchema type, FieldSchema field) =>
        OwnNames.GetValueOrDefault((type.Name, field.Name)) ?? Names.GetValueOrDefault(field.Name)
        ?? char.ToUpperInvariant(field.Name[0]) + field.Name[1..];

    public static bool HostFieldsMove(TypeSchema type) => type.Name == PodSpec;

    public static IEnumerable<FieldSchema> Order(TypeSchema type)
    {
        foreach (var field in type.Fields)
        {
            if (Moves.ContainsKey((type.Name, field.Name)))
            {
                continue;
            }
            yield return field;
            foreach (var moved in type.Fields.Where(one => Moves.GetValueOrDefault((type.Name, one.Name)) == field.Name))
            {
                yield return moved;
            }
        }
    }
}

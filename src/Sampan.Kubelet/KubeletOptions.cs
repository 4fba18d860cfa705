using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client;

namespace Sampan.Kubelet;

/// <summary>What a kubelet needs to know; the names follow upstream's KubeletConfiguration.</summary>
public sealed record KubeletOptions
{
    public required ApiClient Client { get; init; }

    public required string NodeName { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The address to announce; null for that of the default route's interface.</summary>
    public string? NodeIP { get; init; }

    /// <summary>Pods' volumes and files.</summary>
    public string RootDirectory { get; init; } = "/var/lib/kubelet";

    public string PodLogsDirectory { get; init; } = "/var/log/pods";

    /// <summary>The CRI socket; null for a simulated runtime, which touches nothing on the host.</summary>
    public string? ContainerRuntimeEndpoint { get; init; } = "unix:///run/containerd/containerd.sock";

    /// <summary>Null where the runtime serves its images itself.</summary>
    public string? ImageServiceEndpoint { get; init; }

    /// <summary>Manifests of pods that run without an API server; null for none.</summary>
    public string? StaticPodPath { get; init; }

    public string CgroupRoot { get; init; } = "/";

    public IReadOnlyList<string> ClusterDns { get; init; } = ["10.96.0.10"];

    public string ClusterDomain { get; init; } = "cluster.local";

    public string ResolvConf { get; init; } = "/etc/resolv.conf";

    /// <summary>The port of the kubelet's own API; 0 for any free one, null for none.</summary>
    public int? Port { get; init; } = 10250;

    public string Address { get; init; } = "0.0.0.0";

    /// <summary>Health over plain HTTP on the loopback address; null for none.</summary>
    public int? HealthzPort { get; init; }

    /// <summary>The certificate of the kubelet's own API, with its private key.</summary>
    public X509Certificate2? ServingCertificate { get; init; }

    /// <summary>Who may sign client certificates.</summary>
    public X509Certificate2Collection? ClientCertificateAuthorities { get; init; }

    /// <summary>Clients, by common name, that need no further permission: the API server.</summary>
    public IReadOnlyList<string> TrustedClients { get; init; } = ["kube-apiserver-kubelet-client"];

    public int MaxPods { get; init; } = 110;

    public bool RegisterNode { get; init; } = true;

    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<Taint> RegisterWithTaints { get; init; } = [];

    public TimeSpan NodeStatusUpdateFrequency { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often an unchanged node status is sent all the same.</summary>
    public TimeSpan NodeStatusReportFrequency { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan NodeLeaseDuration { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>In bytes; a container's log that is longer is put aside.</summary>
    public long ContainerLogMaxSize { get; init; } = 10L << 20;

    /// <summary>How many files of one container's log are kept, the current one among them.</summary>
    public int ContainerLogMaxFiles { get; init; } = 5;

    /// <summary>How often pods' volumes are refreshed.</summary>
    public TimeSpan SyncFrequency { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan FileCheckFrequency { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What the node announces as its kubelet's version.</summary>
    public string Version { get; init; } = "v1.36.0";
}

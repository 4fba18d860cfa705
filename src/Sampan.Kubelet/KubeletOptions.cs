using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Certificates;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet;

/// <summary>What a kubelet needs to know beside its configuration: who it is and whom it talks to.</summary>
public sealed record KubeletOptions
{
    public required ApiClient Client { get; init; }

    public required string NodeName { get; init; }

    public KubeletConfiguration Configuration { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    public MetricRegistry Metrics { get; init; } = new();

    /// <summary>The address to announce; null for that of the default route's interface.</summary>
    public string? NodeIP { get; init; }

    /// <summary>Null where no cloud has a say.</summary>
    public ExternalCloud? ExternalCloud { get; init; }

    /// <summary>Pods' volumes and files.</summary>
    public string RootDirectory { get; init; } = "/var/lib/kubelet";

    /// <summary>Where volumes that are made on demand lie; null where none are.</summary>
    public string? LocalVolumesDirectory { get; init; }

    /// <summary>Runs pods as data only, and touches nothing on the host.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The node belongs to no cluster: it runs the pods of its manifests, and is told of nowhere.</summary>
    public bool IsStandalone => Client.Transport is NoApiServer;

    /// <summary>The certificate of the kubelet's own API, with its private key; asked for at each connection, since it is renewed.</summary>
    public Func<X509Certificate2?>? ServingCertificate { get; init; }

    /// <summary>Who may sign client certificates; asked for at each connection, since it may be another one later.</summary>
    public Func<X509Certificate2Collection>? ClientCertificateAuthorities { get; init; }

    /// <summary>Clients, by common name, that need no further permission: the API server.</summary>
    public IReadOnlyList<string> TrustedClients { get; init; } = ["kube-apiserver-kubelet-client"];

    public IReadOnlyDictionary<string, string> NodeLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Certificates that the kubelet keeps renewed.</summary>
    public IReadOnlyList<CertificateManager> Certificates { get; init; } = [];

    /// <summary>A CredentialProviderConfig, and the directory of the programs that it names; null for none.</summary>
    public (string Config, string Directory)? CredentialProviders { get; init; }

    public DeadContainers DeadContainers { get; init; } = new();

    /// <summary>The control group that the container runtime runs in, to tell what it uses; null where nobody has said which.</summary>
    public string? RuntimeCgroups { get; init; }

    /// <summary>Fills in the defaults of a pod from a manifest, and says what is wrong with it; null to take such pods as they are.</summary>
    public Func<Pod, IReadOnlyList<string>>? CompletePod { get; init; }

    /// <summary>What it was started with, by name, to be shown at /flagz.</summary>
    public IReadOnlyDictionary<string, string> Flags { get; init; } = new Dictionary<string, string>();

    /// <summary>What the node announces as its kubelet's version.</summary>
    public string Version { get; init; } = KubernetesVersion.Git;
}

using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.Kubelet;

namespace Sampan.Commands;

/// <summary>`sampan kubelet`</summary>
internal static class KubeletCommand
{
    public static Command Create()
    {
        var kubeconfig = new Option<string?>("--kubeconfig") { Description = "How to reach the API server." };
        var nodeName = new Option<string?>("--hostname-override") { Description = "The node's name (default: the host's)." };
        var nodeIp = new Option<string?>("--node-ip") { Description = "The node's address (default: the one of the default route)." };
        var runtime = new Option<string>("--container-runtime-endpoint") { Description = "The CRI socket.", DefaultValueFactory = _ => "unix:///run/containerd/containerd.sock" };
        var rootDir = new Option<string>("--root-dir") { Description = "Pods' volumes and files.", DefaultValueFactory = _ => "/var/lib/kubelet" };
        var address = new Option<string?>("--address") { Description = "Where the kubelet's own API listens (default: the node's address)." };
        var port = new Option<int>("--port") { Description = "The port of the kubelet's own API.", DefaultValueFactory = _ => 10250 };
        var healthz = new Option<int>("--healthz-port") { Description = "Health on loopback; 0: none.", DefaultValueFactory = _ => 10248 };
        var clientCa = new Option<string?>("--client-ca-file") { Description = "Who may sign the certificates of clients." };
        var certificate = new Option<string?>("--tls-cert-file") { Description = "The serving certificate (default: one made for this process)." };
        var key = new Option<string?>("--tls-private-key-file") { Description = "Its private key." };
        var dns = new Option<string>("--cluster-dns") { Description = "DNS servers of pods.", DefaultValueFactory = _ => "10.96.0.10" };
        var domain = new Option<string>("--cluster-domain") { Description = "The cluster's DNS domain.", DefaultValueFactory = _ => "cluster.local" };
        var manifests = new Option<string?>("--pod-manifest-path") { Description = "A folder of static pods." };
        var cgroupRoot = new Option<string>("--cgroup-root") { Description = "The cgroup below which pods run.", DefaultValueFactory = _ => "/" };
        var maxPods = new Option<int>("--max-pods") { Description = "How many pods the node takes.", DefaultValueFactory = _ => 110 };
        var verbosity = new Option<int>("--v", "-v") { Description = "How much to log: 0 to 4." };
        var command = new Command("kubelet", "Run a node agent alone, against any API server and CRI runtime.")
        {
            kubeconfig, nodeName, nodeIp, runtime, rootDir, address, port, healthz, clientCa, certificate, key, dns, domain, manifests, cgroupRoot, maxPods, verbosity,
        };
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(verbosity), logs =>
        {
            var name = result.GetValue(nodeName) ?? Environment.MachineName.ToLowerInvariant();
            var ip = result.GetValue(nodeIp) ?? NodeAddresses.Primary().ToString();
            IComponent kubelet = new Kubelet.Kubelet(new KubeletOptions
            {
                Client = new ApiClient(Kubeconfig.Load(result.GetValue(kubeconfig)).ToClientConfig() with { UserAgent = "kubelet" }),
                NodeName = name,
                NodeIP = ip,
                ContainerRuntimeEndpoint = result.GetValue(runtime),
                RootDirectory = result.GetValue(rootDir)!,
                Address = result.GetValue(address) ?? ip,
                Port = result.GetValue(port),
                HealthzPort = result.GetValue(healthz) is > 0 and var health ? health : null,
                ServingCertificate = result.GetValue(certificate) is { } file
                    ? X509Certificate2.CreateFromPemFile(file, result.GetValue(key) ?? throw new HostException("--tls-cert-file needs --tls-private-key-file"))
                    : SelfSigned.Create(name, TimeProvider.System),
                ClientCertificateAuthorities = result.GetValue(clientCa) is { } authority ? Authorities(authority) : null,
                ClusterDns = result.GetValue(dns)!.Split(','),
                ClusterDomain = result.GetValue(domain)!,
                StaticPodPath = result.GetValue(manifests),
                CgroupRoot = result.GetValue(cgroupRoot)!,
                MaxPods = result.GetValue(maxPods),
                Version = ApiServer.ServerVersion.GitVersion,
                Logs = logs,
            });
            return Task.FromResult<IReadOnlyList<IComponent>>([kubelet]);
        }, ct));
        return command;
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}

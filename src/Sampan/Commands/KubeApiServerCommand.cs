using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer;
using Sampan.ApiServer.Streaming;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.Kubelet.Certificates;
using Sampan.Store.Embedded;

namespace Sampan.Commands;

/// <summary>`sampan kube-apiserver`</summary>
internal static class KubeApiServerCommand
{
    private static readonly Option<string> DataDir = new("--data-dir") { Description = "Where the embedded store keeps the cluster's state.", DefaultValueFactory = _ => "/var/lib/sampan/store" };
    private static readonly Option<string> BindAddress = new("--bind-address") { Description = "The address to listen at.", DefaultValueFactory = _ => "0.0.0.0" };
    private static readonly Option<int> SecurePort = new("--secure-port") { Description = "The port to listen at.", DefaultValueFactory = _ => 6443 };
    private static readonly Option<string?> AdvertiseAddress = new("--advertise-address") { Description = "The address others reach this server at (default: the one of the default route)." };
    private static readonly Option<string?> CertificateFile = new("--tls-cert-file") { Description = "The serving certificate (default: one made in --cert-dir)." };
    private static readonly Option<string?> KeyFile = new("--tls-private-key-file") { Description = "Its private key." };
    private static readonly Option<string?> CertDir = new("--cert-dir") { Description = "Where certificates and keys are made that no flag names (default: pki below --data-dir)." };
    private static readonly Option<string> AuthorizationMode = new("--authorization-mode") { Description = "Node,RBAC or AlwaysAllow.", DefaultValueFactory = _ => "Node,RBAC" };
    private static readonly Option<string> ServiceRange = new("--service-cluster-ip-range") { Description = "Addresses of Services.", DefaultValueFactory = _ => "10.96.0.0/16" };
    private static readonly Option<string> NodePorts = new("--service-node-port-range") { Description = "Node ports of Services.", DefaultValueFactory = _ => "30000-32767" };
    private static readonly Option<string?> KubeletCertificate = new("--kubelet-client-certificate") { Description = "What is shown to kubelets." };
    private static readonly Option<string?> KubeletKey = new("--kubelet-client-key") { Description = "Its private key." };
    private static readonly Option<string?> KubeletCa = new("--kubelet-certificate-authority") { Description = "Who signs kubelets' serving certificates (default: any certificate is accepted)." };
    private static readonly Option<string[]> KubeletAddresses = new("--kubelet-preferred-address-types") { Description = "At which of a node's addresses its kubelet is reached, best first (default: InternalIP,Hostname,InternalDNS,ExternalDNS,ExternalIP)." };
    private static readonly Option<int> ReadingInFlight = new("--max-requests-inflight") { Description = "With --max-mutating-requests-inflight: how many requests are worked on at once.", DefaultValueFactory = _ => 400 };
    private static readonly Option<int> MutatingInFlight = new("--max-mutating-requests-inflight") { Description = "Added to --max-requests-inflight; priority levels share the sum.", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> Verbosity = new("--v", "-v") { Description = "How much to log: 0 to 4." };

    public static Command Create()
    {
        var command = new Command("kube-apiserver", "Run the API server alone, on the embedded store.")
        {
            DataDir, BindAddress, SecurePort, AdvertiseAddress, CertificateFile, KeyFile, CertDir, AuthorizationMode, ServiceRange, NodePorts, KubeletCertificate, KubeletKey, KubeletCa, KubeletAddresses, ReadingInFlight, MutatingInFlight, Verbosity,
        };
        ApiServerAuthenticationFlags.AddTo(command);
        ApiServerOperationFlags.AddTo(command);
        UpstreamFlag.AddTo(command, ApiServerUpstreamFlags.All);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(Verbosity), async logs =>
        {
            foreach (string remark in UpstreamFlag.Remarks(result, ApiServerUpstreamFlags.All)) logs.CreateLogger("kube-apiserver").LogInformation("{Remark}", remark);
            var folder = result.GetValue(DataDir)!;
            var advertised = result.GetValue(AdvertiseAddress) is { } text ? ComponentFlags.Address(text, "--advertise-address") : NodeAddresses.Primary();
            var pki = new PkiDirectory(result.GetValue(CertDir) ?? Path.Combine(folder, "pki"), TimeProvider.System);
            pki.Ensure(new PkiOptions { ServerNames = [advertised.ToString()] });
            var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(folder, "sampan.db") });
            var serving = Serving(result, pki);
            var (first, last) = Ports(result.GetValue(NodePorts)!);
            var options = new ApiServerOptions
            {
                Store = store,
                Listen = new IPEndPoint(ComponentFlags.Address(result.GetValue(BindAddress)!, "--bind-address"), result.GetValue(SecurePort)),
                ServingCertificate = serving,
                AdvertiseAddress = advertised,
                Authentication = ApiServerAuthenticationFlags.Options(result, pki),
                Authorization = new AuthorizationOptions { AlwaysAllow = AllowsAll(result.GetValue(AuthorizationMode)!) },
                ServiceNetworks = AddressRanges.Parse("--service-cluster-ip-range", result.GetValue(ServiceRange)!),
                FirstNodePort = first,
                LastNodePort = last,
                KubeletClient = KubeletClient(result, pki),
                MaximumRequests = result.GetValue(ReadingInFlight) + result.GetValue(MutatingInFlight),
                Logging = logs,
                Flags = ComponentFlags.Shown(result),
            };
            return (IReadOnlyList<IComponent>)[new StoreOwner(store), new ApiServer.ApiServer(ApiServerOperationFlags.Apply(options, result))];
        }, ct));
        return command;
    }

    private static KubeletClientOptions KubeletClient(ParseResult result, PkiDirectory pki)
    {
        var certificate = Certificate(result, KubeletCertificate, KubeletKey) ?? pki.Read("apiserver-kubelet-client").ToCertificate();
        var standard = new KubeletClientOptions();
        var addresses = ComponentFlags.Listed(result.GetValue(KubeletAddresses));
        return standard with
        {
            PreferredAddressTypes = addresses.Length > 0 ? addresses : standard.PreferredAddressTypes,
            ClientCertificate = () => certificate,
            CertificateAuthorities = result.GetValue(KubeletCa) is { } file ? [X509CertificateLoader.LoadCertificateFromFile(file)] : null,
        };
    }

    /// <summary>The node authorizer and RBAC are always together; another mode would not do what was asked for.</summary>
    private static bool AllowsAll(string modes)
    {
        var asked = modes.Split(',', StringSplitOptions.TrimEntries);
        return asked.All(mode => mode is "Node" or "RBAC" or "AlwaysAllow")
            ? asked.Contains("AlwaysAllow")
            : throw new HostException($"{AuthorizationMode.Name}: \"{modes}\" is not supported: use Node,RBAC or AlwaysAllow");
    }

    /// <summary>A certificate that is renewed in its files is the one of the next connection.</summary>
    private static Func<X509Certificate2> Serving(ParseResult result, PkiDirectory pki)
    {
        if (Certificate(result, CertificateFile, KeyFile) is null)
        {
            var made = pki.Read("apiserver").ToCertificate();
            return () => made;
        }
        var files = new WatchedFiles<X509Certificate2>(
            () => Certificate(result, CertificateFile, KeyFile)!, result.GetValue(CertificateFile)!, result.GetValue(KeyFile)!);
        return () => files.Current;
    }

    private static X509Certificate2? Certificate(ParseResult result, Option<string?> certificate, Option<string?> key) =>
        result.GetValue(certificate) is { } file
            ? X509Certificate2.CreateFromPemFile(file, result.GetValue(key) ?? throw new HostException($"{certificate.Name} needs {key.Name}"))
            : null;

    private static (int First, int Last) Ports(string range) =>
        range.Split('-') is [var first, var last] && int.TryParse(first, out var low) && int.TryParse(last, out var high) && low <= high
            ? (low, high)
            : throw new HostException("--service-node-port-range: write it as 30000-32767");

    /// <summary>Closes the store after the server that uses it.</summary>
    private sealed class StoreOwner(EmbeddedStore store) : IComponent
    {
        public string Name => "store";
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => store.DisposeAsync().AsTask();
    }
}

using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.Api.Metrics.V1Beta1;
using Sampan.ApiServer;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Streaming;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Cluster.Certificates;
using Sampan.ControllerManager.MetricsServer;
using Sampan.Scheduler.Explain;
using Sampan.Store;

namespace Sampan.Cluster.Server;

/// <summary>The API server of a cluster whose certificates are in our own layout.</summary>
internal static class ApiServerFactory
{
    public static ApiServer.ApiServer Create(ClusterOptions options, PkiDirectory pki, ServerCertificates certificates, IStore store, MetricRegistry metrics, Func<string, string?> problemOf, MetricsServer usage, TimeProvider time, ILoggerFactory logs)
    {
        ApiServer.ApiServer? server = null;
        return server = new ApiServer.ApiServer(new ApiServerOptions
        {
            Store = store,
            Listen = new IPEndPoint(options.NodeAddress, options.SecurePort),
            ServingCertificate = () => certificates.ApiServer,
            AdvertiseAddress = options.NodeAddress,
            ServiceNetworks = options.ServiceNetworks,
            Authentication = new AuthenticationOptions
            {
                ClientCertificateAuthorities = () => File.ReadAllText(pki.CaFile),
                RequestHeaderAuthorities = () => File.ReadAllText(pki.ProxyCaFile),
                RequestHeaderNames = ["front-proxy-client"],
                ServiceAccountSigningKey = File.ReadAllText(pki.ServiceAccountKeyFile),
            },
            KubeletClient = new KubeletClientOptions
            {
                ClientCertificate = () => certificates.KubeletClient,
                CertificateAuthorities = [Authority(pki)],
            },
            Paths = new Dictionary<string, Func<HttpContext, UserInfo, Task>>
            {
                [ExplainEndpoint.Path] = (http, user) => ExplainEndpoint.HandleAsync(http, new ApiClient(server!.Loopback(user)), profiles: null, time),
            },
            ComputedResources = [new(NodeMetrics.Info, usage.NodeMetrics), new(PodMetrics.Info, usage.PodMetrics)],
            // The controllers that take the protection away again run beside this server.
            EnabledAdmissionPlugins = new HashSet<string> { "StorageObjectInUseProtection" },
            Metrics = metrics,
            // They run in this process and have no ports to be asked at.
            ComponentProbes = new Dictionary<string, Func<CancellationToken, Task<string?>>>
            {
                ["scheduler"] = _ => Task.FromResult(problemOf("kube-scheduler")),
                ["controller-manager"] = _ => Task.FromResult(problemOf("kube-controller-manager")),
            },
            Time = time,
            Logging = logs,
        });
    }

    public static X509Certificate2 Authority(PkiDirectory pki) => X509CertificateLoader.LoadCertificateFromFile(pki.CaFile);
}

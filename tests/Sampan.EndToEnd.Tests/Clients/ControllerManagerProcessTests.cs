using System.Diagnostics;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Batch.V1;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>
/// `sampan kube-controller-manager` twice, as processes of their own against an API server in another one: as upstream's user for it, with
/// each controller as its own service account, and with leader election.
/// </summary>
public sealed class ControllerManagerProcessTests : ManagerProcessTest
{
    private const string Namespace = "controllers";

    /// <summary>All flags of upstream's manager that have a value by themselves, with that value.</summary>
    private const string UpstreamFlags = """
        --attach-detach-reconcile-sync-period=1m0s --authentication-skip-lookup=false --authentication-token-webhook-cache-ttl=10s
        --authentication-tolerate-lookup-failure=false --authorization-always-allow-paths=/healthz,/readyz,/livez --authorization-webhook-cache-authorized-ttl=10s
        --authorization-webhook-cache-unauthorized-ttl=10s --bind-address=127.0.0.1 --cidr-allocator-type=RangeAllocator --cloud-provider=external --cluster-name=kubernetes
        --cluster-signing-duration=8760h0m0s --concurrent-cron-job-syncs=5 --concurrent-daemonset-syncs=2 --concurrent-deployment-syncs=5
        --concurrent-device-taint-eviction-syncs=10 --concurrent-disruption-stalepod-syncs=1 --concurrent-disruption-syncs=1 --concurrent-endpoint-syncs=5
        --concurrent-ephemeralvolume-syncs=5 --concurrent-gc-syncs=20 --concurrent-horizontal-pod-autoscaler-syncs=5 --concurrent-job-syncs=5
        --concurrent-namespace-syncs=10 --concurrent_rc_syncs=7 --concurrent-replicaset-syncs=5 --concurrent-resource-claim-syncs=10 --concurrent-resource-quota-syncs=5
        --concurrent-service-endpoint-syncs=5 --concurrent-service-syncs=1 --concurrent-serviceaccount-token-syncs=5 --concurrent-statefulset-syncs=5
        --concurrent-ttl-after-finished-syncs=5 --concurrent-validating-admission-policy-status-syncs=5 --configure-cloud-routes=true --contention-profiling=false
        --controller-shutdown-timeout=10s --controller-start-interval=0s --disable-attach-detach-reconcile-sync=false --disable-force-detach-on-timeout=false
        --disable-http2-serving=false --emulated-version=kube=1.36 --emulation-forward-compatible=false --enable-dynamic-provisioning=true --enable-garbage-collector=true
        --enable-hostpath-provisioner=false --enable-leader-migration=false --endpoint-updates-batch-period=0s --endpointslice-updates-batch-period=0s
        --feature-gates=AllAlpha=false --flex-volume-plugin-dir=/usr/libexec/kubernetes/kubelet-plugins/volume/exec/
        --horizontal-pod-autoscaler-cpu-initialization-period=5m0s --horizontal-pod-autoscaler-downscale-stabilization=5m0s
        --horizontal-pod-autoscaler-initial-readiness-delay=30s --horizontal-pod-autoscaler-sync-period=15s --horizontal-pod-autoscaler-tolerance=0.1
        --http2-max-streams-per-connection=0 --kube-api-burst=30 --kube-api-content-type=application/vnd.kubernetes.protobuf --kube-api-qps=20
        --large-cluster-size-threshold=50 --leader-elect=true --leader-elect-resource-lock=leases --leader-elect-resource-name=kube-controller-manager
        --leader-elect-resource-namespace=kube-system --legacy-service-account-token-clean-up-period=8760h0m0s --log-flush-frequency=5s --log-json-info-buffer-size=0
        --log-json-split-stream=false --log-text-info-buffer-size=0 --log-text-split-stream=false --logging-format=text --max-endpoints-per-slice=100
        --min-compatibility-version=kube=1.36 --min-resync-period=12h0m0s --mirroring-concurrent-service-endpoint-syncs=5
        --mirroring-endpointslice-updates-batch-period=0s --mirroring-max-endpoints-per-subset=1000 --namespace-sync-period=5m0s --node-cidr-mask-size-ipv4=24
        --node-cidr-mask-size-ipv6=64 --node-eviction-rate=0.1 --node-monitor-grace-period=50s --node-monitor-period=5s --node-startup-grace-period=1m0s
        --permit-address-sharing=false --permit-port-sharing=false --profiling=true --pv-recycler-increment-timeout-nfs=30 --pv-recycler-minimum-timeout-hostpath=60
        --pv-recycler-minimum-timeout-nfs=300 --pv-recycler-timeout-increment-hostpath=30 --pvclaimbinder-sync-period=15s --requestheader-allowed-names=front-proxy-client
        --requestheader-extra-headers-prefix=x-remote-extra- --requestheader-group-headers=x-remote-group --requestheader-uid-headers=x-remote-uid
        --requestheader-username-headers=x-remote-user --resource-quota-sync-period=5m0s --route-reconciliation-period=10s --secondary-node-eviction-rate=0.01
        --service-cluster-ip-range=10.96.0.0/16 --show-hidden-metrics-for-version=1.35 --terminated-pod-gc-threshold=12500 --tls-min-version=VersionTLS12
        --unhealthy-zone-threshold=0.55 --v=0 --volume-host-allow-local-loopback=true
        """;

    [Fact]
    public async Task Managers_WithTheRightsOfTheirRolesOnly_DoEveryControllersWorkAndTakeOver()
    {
        var first = await StartAsync();
        await Client.CreateAsync(new Namespace { Metadata = new() { Name = Namespace } }, Ct);
        await ThereIsAsync<ServiceAccount>(Namespace, "default", _ => true);
        await ThereIsAsync<ConfigMap>(Namespace, "kube-root-ca.crt", _ => true);
        var second = await StartAsync(UpstreamFlags.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var shown = JsonNode.Parse(await ComponentProcess.GetAsync(second.Port, "configz"))!["kubecontrollermanager.config.k8s.io"]!;
        Assert.Equal((7, 2), ((int)shown["ConcurrentSyncs"]!["replicationcontroller-controller"]!, (int)shown["ConcurrentSyncs"]!["daemonset-controller"]!));

        await CreateAsync();
        await WorkedAsync();
        await PagesAsync(first.Port);
        Assert.DoesNotContain(Said, line => line.Contains("forbidden", StringComparison.OrdinalIgnoreCase));

        // The leader goes without a word; the other one takes over.
        var leads = (await Client.Of<Lease>().GetAsync("kube-system", "kube-controller-manager", Ct)).Spec.HolderIdentity;
        first.Process.Kill();
        await Client.CreateAsync(Deployment("later"), Ct);
        await ThereIsAsync<Deployment>(Namespace, "later", d => d.Status.Replicas == 2);
        Assert.NotEqual(leads, (await Client.Of<Lease>().GetAsync("kube-system", "kube-controller-manager", Ct)).Spec.HolderIdentity);
        Assert.DoesNotContain(Said, line => line.Contains("forbidden", StringComparison.OrdinalIgnoreCase));
        Assert.False(second.Process.HasExited);

        // One that is asked to end hands its lease over.
        await StartAsync();
        await Shell.RunAsync("kill", ["-TERM", $"{second.Process.Id}"]);
        await second.Process.WaitForExitAsync(Ct);
        await Client.CreateAsync(Deployment("latest"), Ct);
        await ThereIsAsync<Deployment>(Namespace, "latest", d => d.Status.Replicas == 2);
        var lease = await Client.Of<Lease>().GetAsync("kube-system", "kube-controller-manager", Ct);
        Assert.True(lease.Spec.LeaseTransitions >= 2, $"{lease.Spec.LeaseTransitions} transitions");
        await UntilAsync(
            async () => (await Client.Of<Event>().ListAsync("kube-system", Ct)).Items.Any(e => e.Reason == "LeaderElection" && e.Message == $"{lease.Spec.HolderIdentity} became leader" && e.InvolvedObject.Kind == "Lease"),
            "an event of the new leader");
    }

    private async Task CreateAsync()
    {
        await Client.CreateAsync(new Node { Metadata = new() { Name = "worker" } }, Ct);
        await Client.CreateAsync(Deployment("web"), Ct);
        await Client.CreateAsync(
            new Job { Metadata = Named("job"), Spec = new() { Template = new() { Spec = new() { RestartPolicy = "Never", Containers = [new() { Name = "main", Image = "app" }] } } } }, Ct);
        await Client.CreateAsync(new Service { Metadata = Named("web"), Spec = new() { Selector = App("web"), Ports = [new() { Port = 80 }] } }, Ct);
        await Client.CreateAsync(new PersistentVolume { Metadata = new() { Name = "disk" }, Spec = new() { Capacity = Gigabyte, AccessModes = ["ReadWriteOnce"], HostPath = new() { Path = "/mnt" }, StorageClassName = "slow" } }, Ct);
        await Client.CreateAsync(
            new PersistentVolumeClaim { Metadata = Named("data"), Spec = new() { AccessModes = ["ReadWriteOnce"], StorageClassName = "slow", Resources = new() { Requests = Gigabyte } } }, Ct);
        await Client.CreateAsync(new StorageClass { Metadata = new() { Name = "slow" }, Provisioner = "kubernetes.io/no-provisioner" }, Ct);
        await Client.CreateAsync(new ResourceQuota { Metadata = Named("quota"), Spec = new() { Hard = new() { ["pods"] = Quantity.Parse("20") } } }, Ct);
        await Client.CreateAsync(
            new Secret { Metadata = new() { Namespace = Namespace, Name = "token", Annotations = new() { ["kubernetes.io/service-account.name"] = "default" } }, Type = "kubernetes.io/service-account-token" }, Ct);
    }

    private async Task WorkedAsync()
    {
        await ThereIsAsync<Node>(null, "worker", n => n.Spec.PodCIDR is { Length: > 0 } && n.Metadata.Annotations?.ContainsKey("node.alpha.kubernetes.io/ttl") == true);
        await ThereIsAsync<Deployment>(Namespace, "web", d => d.Status.Replicas == 2);
        await ThereIsAsync<Job>(Namespace, "job", j => j.Status.Active == 1);
        await ThereIsAsync<Sampan.Api.Core.V1.Endpoints>(Namespace, "web", _ => true);
        await UntilAsync(async () => (await Client.Of<EndpointSlice>().ListAsync(Namespace, Ct)).Items.Count == 1, "a slice");
        await ThereIsAsync<PersistentVolumeClaim>(Namespace, "data", c => c.Status.Phase == "Bound" && c.Metadata.Finalizers?.Count > 0);
        await ThereIsAsync<PersistentVolume>(null, "disk", v => v.Status.Phase == "Bound" && v.Metadata.Finalizers?.Count > 0);
        await ThereIsAsync<ResourceQuota>(Namespace, "quota", q => (q.Status.Used).OrEmpty().ContainsKey("pods"));
        await ThereIsAsync<Secret>(Namespace, "token", s => s.Data?.ContainsKey("token") == true);
    }

    private static async Task PagesAsync(int port)
    {
        foreach (var path in new[] { "healthz", "livez", "readyz" }) Assert.Equal("ok", await ComponentProcess.GetAsync(port, path));
        var shown = JsonNode.Parse(await ComponentProcess.GetAsync(port, "configz"))!["kubecontrollermanager.config.k8s.io"]!;
        Assert.Equal("kube-controller-manager", (string?)shown["Generic"]!["LeaderElection"]!["ResourceName"]);
        Assert.True((bool)shown["SAController"]!["UseServiceAccountCredentials"]!);
        var metrics = await ComponentProcess.GetAsync(port, "metrics");
        foreach (var name in new[] { "workqueue_depth", "workqueue_adds_total", "leader_election_master_status", "rest_client_requests_total", "process_resident_memory_bytes", "kubernetes_feature_enabled", "registered_metrics_total", "disabled_metrics_total", "hidden_metrics_total" })
            Assert.Contains($"# TYPE {name} ", metrics, StringComparison.Ordinal);
    }

    private static Dictionary<string, Quantity> Gigabyte => new() { ["storage"] = Quantity.Parse("1Gi") };

    private static Dictionary<string, string> App(string name) => new() { ["app"] = name };

    private static ObjectMeta Named(string name) => new() { Namespace = Namespace, Name = name };

    private static Deployment Deployment(string name) => new()
    {
        Metadata = Named(name),
        Spec = new()
        {
            Replicas = 2,
            Selector = new() { MatchLabels = App(name) },
            Template = new() { Metadata = new() { Labels = App(name) }, Spec = new() { Containers = [new() { Name = "main", Image = "app" }] } },
        },
    };

    private Task<(Process Process, int Port)> StartAsync(params string[] flags) => StartAsync(
        "kube-controller-manager",
        [
            .. flags, "--kubeconfig", Plane.ControllerKubeconfig, "--use-service-account-credentials",
            "--allocate-node-cidrs", "--cluster-cidr", "10.244.0.0/16", "--controllers", "*,bootstrapsigner,tokencleaner",
            "--root-ca-file", $"{Plane.Pki}/ca.crt", "--service-account-private-key-file", $"{Plane.Pki}/sa.key",
            "--cluster-signing-cert-file", $"{Plane.Pki}/ca.crt", "--cluster-signing-key-file", $"{Plane.Pki}/ca.key",
        ]);
}

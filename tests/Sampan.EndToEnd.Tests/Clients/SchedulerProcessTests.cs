using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Authentication.V1;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Rbac.V1;
using Sampan.Client;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>`sampan kube-scheduler` as processes of their own: two profiles, a stand-by, and a second scheduler of another name.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class SchedulerProcessTests(ControlPlane plane) : IAsyncLifetime
{
    private const string Namespace = "scheduler-processes";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-schedulers-").FullName;
    private readonly List<Process> _processes = [];
    private ApiClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = new ApiClient(Kubeconfig.Load(plane.Kubeconfig).ToClientConfig());
        await _client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = Namespace } }, Ct);
        await UntilAsync(async () => await _client.Of<ServiceAccount>().FindAsync(Namespace, "default", Ct) is not null, "the namespace's service account");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        foreach (var node in new[] { "full", "empty" })
        {
            if (await _client.Of<Node>().FindAsync(null, node, CancellationToken.None) is not null) await _client.Of<Node>().DeleteAsync(null, node, CancellationToken.None);
        }
        await _client.Of<Namespace>().DeleteAsync(null, Namespace, CancellationToken.None);
        await _client.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Schedulers_OfTwoNames_EachServesItsOwn()
    {
        await NodesAsync();
        var config = await ConfigurationAsync("profiles.yaml", "packers", "packing", "spreading");
        var (first, port) = await StartAsync(config);
        var (second, _) = await StartAsync(config);
        await StartAsync(await ConfigurationAsync("third.yaml", "third", "third"));

        foreach (var name in new[] { "packing", "spreading", "third" }) await CreateAsync(name, name);
        Assert.Equal("full", await NodeOfAsync("packing"));
        Assert.Equal("empty", await NodeOfAsync("spreading"));
        Assert.NotNull(await NodeOfAsync("third"));
        await EventAsync("packing", "packing");
        await EventAsync("spreading", "spreading");

        await PagesAsync(port);
        await ExplanationAsync(port);

        // One of the two works; when it is gone without a word the other one takes over.
        var leads = (await _client.Of<Lease>().GetAsync("kube-system", "packers", Ct)).Spec.HolderIdentity;
        var leader = await MasterAsync(port) ? first : second;
        leader.Kill();
        await CreateAsync("later", "packing");
        Assert.NotNull(await NodeOfAsync("later"));
        Assert.NotEqual(leads, (await _client.Of<Lease>().GetAsync("kube-system", "packers", Ct)).Spec.HolderIdentity);
    }

    private async Task PagesAsync(int port)
    {
        foreach (var path in new[] { "healthz", "livez", "readyz" }) Assert.Equal("ok", await ComponentProcess.GetAsync(port, path));
        var shown = JsonNode.Parse(await ComponentProcess.GetAsync(port, "configz"))!["componentconfig"]!;
        Assert.Equal(["packing", "spreading"], shown["profiles"]!.AsArray().Select(profile => (string?)profile!["schedulerName"]));
        Assert.Equal("MostAllocated", (string?)shown["profiles"]![0]!["pluginConfig"]![0]!["args"]!["scoringStrategy"]!["type"]);
        var metrics = await ComponentProcess.GetAsync(port, "metrics");
        foreach (var name in new[] { "scheduler_pending_pods", "scheduler_schedule_attempts_total", "scheduler_scheduling_attempt_duration_seconds", "scheduler_pod_scheduling_sli_duration_seconds", "scheduler_queue_incoming_pods_total", "scheduler_framework_extension_point_duration_seconds", "scheduler_preemption_attempts_total", "leader_election_master_status", "process_resident_memory_bytes", "kubernetes_feature_enabled", "registered_metrics_total", "disabled_metrics_total", "hidden_metrics_total" })
        {
            Assert.Contains($"# TYPE {name} ", metrics, StringComparison.Ordinal);
        }
    }

    // The scheduler's port passes the caller's token on: nobody sees more than the API server shows.
    private async Task ExplanationAsync(int port)
    {
        const string question = """{"namespace": "scheduler-processes", "manifests": [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "would"}, "spec": {"schedulerName": "packing", "nodeSelector": {"kubernetes.io/hostname": "empty"}, "tolerations": [{"operator": "Exists"}], "containers": [{"name": "main", "image": "app"}]}}]}""";
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(port, question, null)).Status);
        await _client.CreateAsync(new ClusterRoleBinding
        {
            Metadata = new ObjectMeta { Name = Namespace },
            RoleRef = new RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "cluster-admin" },
            Subjects = [new Sampan.Api.Rbac.V1.Subject { Kind = "ServiceAccount", Namespace = Namespace, Name = "default" }],
        }, Ct);
        var token = await _client.Of<ServiceAccount>().CreateSubresourceAsync<TokenRequest, TokenRequest>(Namespace, "default", "token", new TokenRequest { Spec = new TokenRequestSpec { Audiences = [] } }, Ct);
        var (status, answer) = await PostAsync(port, question, token.Status.Token);
        Assert.True(status == HttpStatusCode.OK, answer);
        Assert.Equal("empty", (string?)JsonNode.Parse(answer)!["explanations"]![0]!["node"]);
    }

    private async Task NodesAsync()
    {
        foreach (var name in new[] { "full", "empty" })
        {
            await _client.CreateAsync(new Node { Metadata = new ObjectMeta { Name = name, Labels = new() { ["kubernetes.io/hostname"] = name } } }, Ct);
            var room = new JsonObject { ["cpu"] = "8", ["memory"] = "8Gi", ["pods"] = "110" };
            var status = new JsonObject { ["status"] = new JsonObject { ["capacity"] = room, ["allocatable"] = room.DeepClone() } };
            await _client.Of<Node>().PatchAsync(null, name, Patch.Merge(status), "status", Ct);     // controllers write to it as well
        }
        await CreateAsync("filler", "nobody", node: "full");
    }

    private Task<Pod> CreateAsync(string name, string scheduler, string? node = null) => _client.CreateAsync(
        new Pod
        {
            Metadata = new ObjectMeta { Namespace = Namespace, Name = name },
            Spec = new PodSpec
            {
                SchedulerName = scheduler,
                NodeName = node,
                TerminationGracePeriodSeconds = 0,
                Tolerations = [new Toleration { Operator = "Exists" }],
                Containers = [new Container { Name = "main", Image = "app", Resources = new ResourceRequirements { Requests = new() { ["cpu"] = Quantity.Parse("1"), ["memory"] = Quantity.Parse("1Gi") } } }],
            },
        },
        Ct);

    private async Task<string> ConfigurationAsync(string file, string lease, params string[] names)
    {
        var path = Path.Combine(_folder, file);
        var profiles = names.Select(name => string.Join('\n',
            $"- schedulerName: {name}",
            "  plugins: {score: {disabled: [{name: NodeResourcesBalancedAllocation}, {name: PodTopologySpread}]}}",
            "  pluginConfig:",
            "  - name: NodeResourcesFit",
            $"    args: {{scoringStrategy: {{type: {(name == "packing" ? "MostAllocated" : "LeastAllocated")}}}}}"));
        await File.WriteAllTextAsync(path, $$"""
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            leaderElection: {leaderElect: true, resourceName: {{lease}}, leaseDuration: 15s, renewDeadline: 10s, retryPeriod: 1s}
            profiles:
            {{string.Join('\n', profiles)}}
            """, Ct);
        return path;
    }

    private async Task<(Process Process, int Port)> StartAsync(string config)
    {
        var (process, port) = await ComponentProcess.StartAsync(port =>
        {
            var started = plane.Run("kube-scheduler", "--config", config, "--kubeconfig", plane.Kubeconfig, "--secure-port", $"{port}", "--authorization-always-allow-paths", "/healthz");
            _processes.Add(started);
            return started;
        });
        return process is not null ? (process, port) : throw new InvalidOperationException("the scheduler does not serve");
    }

    private static async Task<bool> MasterAsync(int port) =>
        (await ComponentProcess.GetAsync(port, "metrics")).Contains("leader_election_master_status{name=\"packers\"} 1", StringComparison.Ordinal);

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(int port, string body, string? token)
    {
        using var http = ComponentProcess.Client();
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri($"https://127.0.0.1:{port}/scheduling/explain"), content, Ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    private async Task<string?> NodeOfAsync(string pod)
    {
        string? node = null;
        await UntilAsync(async () => !string.IsNullOrEmpty(node = (await _client.Of<Pod>().GetAsync(Namespace, pod, Ct)).Spec.NodeName), $"a node for {pod}");
        return node;
    }

    private Task EventAsync(string pod, string scheduler) => UntilAsync(
        async () => (await _client.Of<Event>().ListAsync(Namespace, Ct)).Items.Any(e => e.InvolvedObject.Name == pod && e is { Reason: "Scheduled" } && e.Source?.Component == scheduler), $"an event about {pod}");

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 450; i++)
        {
            if (await condition()) return;
            await Task.Delay(Step, TimeProvider.System, Ct);
        }
        Assert.Fail($"there is not {what}");
    }
}

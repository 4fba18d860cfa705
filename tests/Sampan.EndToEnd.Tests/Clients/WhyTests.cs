using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>`sampan why` as its users type it, against a control plane without a scheduler.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class WhyTests(ControlPlane plane) : IAsyncLifetime
{
    
    private readonly string _manifest = Path.GetTempFileName();
    private readonly string _namespace = $"why-{Guid.NewGuid().ToString()[..8]}";
    private ApiClient _client = null!;

    private string[] Nodes => [$"{_namespace}-a", $"{_namespace}-b"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = new ApiClient(Kubeconfig.Load(plane.Kubeconfig).ToClientConfig());
        await _client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = _namespace } }, Ct);
        await TestCluster.EventuallyAsync("the namespace has its account", async () => await _client.Of<ServiceAccount>().FindAsync(_namespace, "default", Ct) is not null);
        foreach (var node in Nodes)
        {
            await _client.CreateAsync(new Node { Metadata = new ObjectMeta { Name = node, Labels = new() { ["why"] = _namespace } } }, Ct);
            var room = new JsonObject { ["cpu"] = "4", ["memory"] = "8Gi", ["pods"] = "110" };
            var status = new JsonObject { ["status"] = new JsonObject { ["capacity"] = room, ["allocatable"] = room.DeepClone() } };
            await _client.Of<Node>().PatchAsync(null, node, Patch.Merge(status), "status", Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.Of<Namespace>().DeleteAsync(null, _namespace, CancellationToken.None);
        foreach (var node in Nodes)
        {
            if (await _client.Of<Node>().FindAsync(null, node, CancellationToken.None) is not null) await _client.Of<Node>().DeleteAsync(null, node, CancellationToken.None);
        }
        await _client.DisposeAsync();
        File.Delete(_manifest);
    }

    [Fact]
    public async Task Why_PodsManifestsAndNodes_SaysWhatAUserWantsToKnow()
    {
        await CreateAsync("large", "100", null);
        var (code, said, _) = await WhyAsync("pod/large");
        Assert.Equal(2, code);
        Assert.Contains($"{_namespace}/large fits on none of", said, StringComparison.Ordinal);
        Assert.Contains("Insufficient cpu", said, StringComparison.Ordinal);

        (code, said, _) = await WhyAsync("large", "-o", "json");
        var explanation = JsonNode.Parse(said)!["explanations"]![0]!;
        Assert.Equal((2, "Unschedulable"), (code, (string?)explanation["verdict"]));
        var nodes = explanation["nodes"]!.AsArray().Select(node => (string?)node!["node"]).ToHashSet();
        Assert.Superset(Nodes.ToHashSet<string?>(), nodes);

        await File.WriteAllTextAsync(_manifest, """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  nodeSelector: {why: NAMESPACE}
                  tolerations: [{operator: Exists}]
                  containers: [{name: main, image: "web:1", resources: {requests: {cpu: "3"}}}]
            """.Replace("NAMESPACE", _namespace, StringComparison.Ordinal), Ct);
        (code, said, var complaint) = await WhyAsync("--what-if", "-f", _manifest, "-o", "json");
        Assert.True(code == 0, said + complaint);
        Assert.Equal(Nodes, JsonNode.Parse(said)!["explanations"]!.AsArray().Select(one => (string?)one!["node"]).Order());
        Assert.Equal(["large"], (await _client.Of<Pod>().ListAsync(_namespace, Ct)).Items.Select(pod => pod.Metadata.Name));

        await CreateAsync("placed", "1", Nodes[0]);
        (code, said, complaint) = await WhyAsync("--without-node", Nodes[0], "-o", "json");
        Assert.True(code == 0, said + complaint);
        var moved = Assert.Single(JsonNode.Parse(said)!["explanations"]!.AsArray(), one => (string?)one!["name"] == "placed");
        Assert.Equal(("Fits", Nodes[1]), ((string?)moved!["verdict"], (string?)moved["node"]));
        Assert.Equal(Nodes[0], (await _client.Of<Pod>().GetAsync(_namespace, "placed", Ct)).Spec.NodeName);
    }

    [Fact]
    public async Task Why_Misused_SaysHow()
    {
        await ComplainsAsync("name a pod, or ask what if: sampan why --help");
        await ComplainsAsync("--what-if and -f go together: sampan why --what-if -f manifest.yaml", "pod/x", "--what-if");
        await ComplainsAsync("pods \"absent\" not found", "absent");
        await ComplainsAsync("is no pod: write pod/NAME", "deployment/x");
    }

    private async Task ComplainsAsync(string complaint, params string[] arguments)
    {
        var (code, _, error) = await WhyAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains(complaint, error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Said, string Complaint)> WhyAsync(params string[] arguments)
    {
        var result = await Shell.TryAsync(Path.Combine(TestCluster.Root, "sampan"), ["why", "--kubeconfig", plane.Kubeconfig, "-n", _namespace, .. arguments]);
        return (result.ExitCode, result.Output, result.Error);
    }

    private Task<Pod> CreateAsync(string name, string cpu, string? node) => _client.CreateAsync(
        new Pod
        {
            Metadata = new ObjectMeta { Namespace = _namespace, Name = name },
            Spec = new PodSpec
            {
                SchedulerName = "nobody",
                NodeName = node,
                NodeSelector = new() { ["why"] = _namespace },
                TerminationGracePeriodSeconds = 0,
                Tolerations = [new Toleration { Operator = "Exists" }],
                Containers = [new Container { Name = "main", Image = "app", Resources = new ResourceRequirements { Requests = new() { ["cpu"] = Quantity.Parse(cpu) } } }],
            },
        },
        Ct);
}

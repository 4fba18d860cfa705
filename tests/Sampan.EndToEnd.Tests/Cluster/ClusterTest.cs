using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>A test on the shared cluster, in a Kubernetes namespace of its own that is removed at the end.</summary>
[Collection(ClusterCollection.Name)]
public abstract class ClusterTest(TestCluster cluster) : IAsyncLifetime
{
    protected TestCluster Cluster { get; } = cluster;

    protected string Namespace { get; } = $"t-{Guid.NewGuid().ToString()[..8]}";

    public virtual async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestCluster.Unavailable() is not null, TestCluster.Unavailable() ?? "");
        await Cluster.KubectlAsync("create", "namespace", Namespace);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (TestCluster.Unavailable() is null) await Cluster.TryKubectlAsync("delete", "namespace", Namespace, "--wait=false");
        GC.SuppressFinalize(this);
    }

    /// <summary>kubectl in this test's namespace.</summary>
    protected Task<string> KubectlAsync(params string[] arguments) => Cluster.KubectlAsync(["-n", Namespace, .. arguments]);

    protected Task<ShellResult> TryKubectlAsync(params string[] arguments) => Cluster.TryKubectlAsync(["-n", Namespace, .. arguments]);

    protected async Task<string> ApplyAsync(string manifest)
    {
        var result = await Cluster.PipeKubectlAsync(manifest, "-n", Namespace, "apply", "-f", "-");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result.Output;
    }

    protected async Task<JsonNode> GetAsync(params string[] what) =>
        JsonSerializer.Deserialize<JsonNode>(await KubectlAsync(["get", .. what, "-o", "json"]))!;

    /// <summary>Waits until a deployment has the wanted number of ready pods and no others.</summary>
    protected Task RolledOutAsync(string deployment) => KubectlAsync("rollout", "status", $"deployment/{deployment}", "--timeout=180s");

    protected Task PodReadyAsync(string pod) => KubectlAsync("wait", "--for=condition=Ready", $"pod/{pod}", "--timeout=120s");

    /// <summary>A pod with a shell that does nothing until it is told to.</summary>
    protected async Task StartShellAsync(string name = "shell")
    {
        await KubectlAsync("run", name, "--image=busybox:1", "--image-pull-policy=Never", "--restart=Never", "--command", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done");
        await PodReadyAsync(name);
    }

    protected Task<string> ShellAsync(string command, string pod = "shell") => KubectlAsync("exec", pod, "--", "sh", "-c", command);

    /// <summary>A deployment of nginx behind a Service of the same name.</summary>
    protected async Task DeployWebAsync(int replicas = 3, string image = "nginx:1")
    {
        await ApplyAsync($$"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              replicas: {{replicas}}
              selector: { matchLabels: { app: web } }
              strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  terminationGracePeriodSeconds: 10
                  containers:
                  - name: nginx
                    image: {{image}}
                    imagePullPolicy: Never
                    ports: [{ containerPort: 80, name: http }]
                    readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 1 }
                    lifecycle: { preStop: { sleep: { seconds: 2 } } }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec:
              type: NodePort
              selector: { app: web }
              ports: [{ port: 80, targetPort: http }]
            """);
        await RolledOutAsync("web");
        var page = image == "nginx:1" ? "nginx 1\n" : "nginx 2\n";
        await ServesAsync(await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}"), page);
    }

    /// <summary>Waits until this page is at an address: what follows the API, as the Service's rules do, comes a moment later.</summary>
    protected Task ServesAsync(string address, string page) => TestCluster.EventuallyAsync($"{address} serves {page}", async () =>
        (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", $"http://{address}")).Output == page);
}

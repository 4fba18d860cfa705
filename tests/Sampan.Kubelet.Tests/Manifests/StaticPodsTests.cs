using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Manifests;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Manifests;

public sealed class StaticPodsTests : IDisposable
{
    private const string Web = "apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: 'web:1' }] }\n";

    private readonly TemporaryDirectory _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task Poll_Files_TellsWhatCameAndWent()
    {
        var pods = new StaticPods(new ManifestFiles(_folder.Path, Reader(), NullLogger.Instance), TimeSpan.FromSeconds(20), _time);
        await PollAsync(pods);
        await WriteAsync("web.yaml", Web);
        await WriteAsync(".hidden", Web.Replace("web", "hidden", StringComparison.Ordinal));
        await WriteAsync("broken.yaml", "kind: [");
        await PollAsync(pods);
        await PollAsync(pods);
        Assert.Equal(["+web-node-a"], _told);

        await WriteAsync("web.yaml", Web.Replace("web:1", "web:2", StringComparison.Ordinal));
        await PollAsync(pods);
        File.Delete(_folder["web.yaml"]);
        await PollAsync(pods);
        Assert.Equal(["+web-node-a", "-web-node-a", "+web-node-a", "-web-node-a"], _told);
    }

    [Fact]
    public async Task Poll_FileThatIsNoPodAnyMore_KeepsThePodUntilItIsGone()
    {
        var pods = new StaticPods(new ManifestFiles(_folder.Path, Reader(), NullLogger.Instance), TimeSpan.FromSeconds(20), _time);
        await WriteAsync("web.yaml", Web);
        await PollAsync(pods);
        await WriteAsync("web.yaml", "");
        await PollAsync(pods);
        Assert.Equal(["+web-node-a"], _told);

        File.Delete(_folder["web.yaml"]);
        await PollAsync(pods);
        Assert.Equal(["+web-node-a", "-web-node-a"], _told);
    }

    /// <summary>Nobody waits for the next look at the folder, and a file that is back at once was gone all the same.</summary>
    [Fact]
    public async Task Run_Files_TellsOfChangesAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var pods = new StaticPods(new ManifestFiles(_folder.Path, Reader(), NullLogger.Instance), TimeSpan.FromSeconds(20), _time);
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await WriteAsync("web.yaml", Web);
        var running = pods.RunAsync(pod => told.Enqueue("+" + pod.Metadata.Name), pod => told.Enqueue("-" + pod.Metadata.Name), stop.Token);
        await Eventually.TrueAsync(() => told.SequenceEqual(["+web-node-a"]), "it came");

        File.Delete(_folder["web.yaml"]);
        await WriteAsync("web.yaml", Web);
        await Eventually.TrueAsync(() => told.SequenceEqual(["+web-node-a", "-web-node-a", "+web-node-a"]), "it went and came back");
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public void Read_Manifest_IsAPodOfThisNode()
    {
        var pod = Assert.Single(Reader(p => p.Spec.RestartPolicy = "Always").Read(System.Text.Encoding.UTF8.GetBytes(Web), "file", "/etc/web.yaml"));
        Assert.Equal(("web-node-a", "default", "Node-A", "Always"), (pod.Metadata.Name, pod.Metadata.Namespace, pod.Spec.NodeName, pod.Spec.RestartPolicy));
        Assert.Equal(("file", pod.Metadata.Uid), (pod.Metadata.Annotations!["kubernetes.io/config.source"], pod.Metadata.Annotations["kubernetes.io/config.hash"]));
        Assert.Equal(("Exists", "NoExecute"), (pod.Spec.Tolerations![0].Operator, pod.Spec.Tolerations[0].Effect));
    }

    [Theory]
    [InlineData("serviceAccountName: builder", "serviceaccounts")]
    [InlineData("imagePullSecrets: [{ name: s }]", "secrets")]
    [InlineData("volumes: [{ name: v, configMap: { name: m } }]", "configmaps")]
    [InlineData("volumes: [{ name: v, persistentVolumeClaim: { claimName: c } }]", "persistentvolumeclaims")]
    [InlineData("volumes: [{ name: v, projected: { sources: [{ serviceAccountToken: { path: t } }] } }]", "serviceaccounts")]
    [InlineData("volumes: [{ name: v, projected: { sources: [{ clusterTrustBundle: { path: t, name: b } }] } }]", "clustertrustbundles")]
    [InlineData("resourceClaims: [{ name: r, resourceClaimName: c }]", "resourceclaims")]
    public void Read_ManifestThatNeedsTheApi_IsRefused(string field, string resource)
    {
        var text = $"apiVersion: v1\nkind: Pod\nmetadata: {{ name: web }}\nspec:\n  containers: [{{ name: web, image: 'web:1' }}]\n  {field}\n";
        Assert.Equal($"static pods may not reference {resource}", Assert.Throws<FormatException>(() => Reader().Read(System.Text.Encoding.UTF8.GetBytes(text), "file", "f")).Message);
    }

    [Fact]
    public void Read_ManifestThatIsWrong_SaysAllOfIt()
    {
        var reader = new ManifestReader("node", _ => ["spec.containers: Required value", "metadata.name: Required value"], _time);
        var refused = Assert.Throws<FormatException>(() => reader.Read(System.Text.Encoding.UTF8.GetBytes(Web), "file", "f"));
        Assert.Equal("invalid pod: [spec.containers: Required value, metadata.name: Required value]", refused.Message);
    }

    [Fact]
    public async Task Poll_Url_ListsPodsAndKeepsThemWhileItFails()
    {
        var (answer, status) = ("", 200);
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers["X-Node"] == "a" ? status : 401;
            return context.Response.WriteAsync(answer);
        });
        using var url = new ManifestUrl($"http://127.0.0.1:{server.Port}/pods", new Dictionary<string, IReadOnlyList<string>> { ["X-Node"] = ["a"] }, Reader(), NullLogger.Instance);
        var pods = new StaticPods(url, TimeSpan.FromSeconds(20), _time);

        status = 503;
        await PollAsync(pods);
        Assert.False(pods.IsRead);
        status = 200;
        await PollAsync(pods);
        Assert.True(pods.IsRead);
        answer = """{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"one"},"spec":{"containers":[{"name":"c","image":"i"}]}},{"metadata":{"name":"two"},"spec":{"containers":[{"name":"c","image":"i"}]}}]}""";
        await PollAsync(pods);
        Assert.Equal(["+one-node-a", "+two-node-a"], _told);

        status = 503;
        await PollAsync(pods);
        (status, answer) = (200, "no pod");
        await PollAsync(pods);
        Assert.Equal(2, _told.Count);

        answer = Web;
        await PollAsync(pods);
        Assert.Equal(["+one-node-a", "+two-node-a", "-one-node-a", "-two-node-a", "+web-node-a"], _told);
    }

    public void Dispose() => _folder.Dispose();

    private ManifestReader Reader(Action<Pod>? complete = null) => new(
        "Node-A",
        pod =>
        {
            complete?.Invoke(pod);
            return [];
        },
        _time);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(_folder[name], text);

    private Task PollAsync(StaticPods pods) => pods.PollAsync(pod => _told.Add("+" + pod.Metadata.Name), pod => _told.Add("-" + pod.Metadata.Name), default);
}

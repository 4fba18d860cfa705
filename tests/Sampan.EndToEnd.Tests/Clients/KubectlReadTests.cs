using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>Commands that show what there is.</summary>
public sealed class KubectlReadTests(ControlPlane plane) : ClientTest(plane)
{
    [Fact]
    public async Task Get_EachOutput_HasItsForm()
    {
        await ApplyAsync(Manifests.Deployment() + Manifests.ConfigMap("b", "2") + Manifests.ConfigMap("a", "1"));
        Assert.Equal("configmap/a\nconfigmap/b\n", await KubectlAsync("get", "configmaps", "-l", "set=app", "-o", "name"));
        await SaysAsync("NAME   KEY\na      1\nb      2", "get", "configmaps", "-l", "set=app", "-o", "custom-columns=NAME:.metadata.name,KEY:.data.key");
        await SaysAsync("b a", "get", "configmaps", "-l", "set=app", "--sort-by={.data.key}", "-o", "jsonpath={.items[1].metadata.name} {.items[0].metadata.name}");
        await SaysAsync("1;2;", "get", "configmaps", "-l", "set in (app)", "-o", "go-template={{range .items}}{{.data.key}};{{end}}");
        Assert.StartsWith("apiVersion: apps/v1\nkind: Deployment\n", await KubectlAsync("get", "deployment", "app", "-o", "yaml"), StringComparison.Ordinal);
        Assert.StartsWith("{\n    \"apiVersion\": \"v1\",\n    \"items\": [", await KubectlAsync("get", "configmaps", "-o", "json"), StringComparison.Ordinal);
        Assert.Matches(@"a\s+1\s+\S+\s+set=app\s", await KubectlAsync("get", "configmap", "a", "--show-labels"));
        Assert.Matches($@"{Namespace}\s+configmap/a\s+1\s[\s\S]+{Namespace}\s+deployment.apps/app\s+0/0\s", await KubectlAsync("get", "configmap,deployment", "-A"));
        await SaysAsync("a 1", "get", "configmap", "--chunk-size=1", "--field-selector=metadata.name=a", "-o", "jsonpath={.items[*].metadata.name} {.items[*].data.key}");
        Assert.Matches(@"NAME\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+AGE\s+CONTAINERS\s+IMAGES\s+SELECTOR\s+app\s+0/0\s+0\s+0\s+\S+\s+main\s+nginx:1\s+app=app", await KubectlAsync("get", "deployments", "-o", "wide"));
    }

    [Fact]
    public async Task Get_WhatIsNotThere_SaysSo()
    {
        await RefusedAsync("deployments.apps \"none\" not found", "get", "deployment", "none");
        await RefusedAsync("the server doesn't have a resource type \"nonsense\"", "get", "nonsense");
        await RefusedAsync("field label not supported: spec.foo", "get", "pods", "--field-selector=spec.foo=x");
        var empty = await TryAsync("get", "pods");
        Assert.Equal((0, $"No resources found in {Namespace} namespace.\n"), (empty.ExitCode, empty.Error));
    }

    [Fact]
    public async Task GetWatch_OfConfigMaps_ShowsEachChange()
    {
        await ApplyAsync(Manifests.ConfigMap("there", "0"));
        using var watch = Start("get", "configmaps", "-l", "set=app", "--watch", "--output-watch-events", "-o", "custom-columns=TYPE:.type,NAME:.object.metadata.name,KEY:.object.data.key", "--no-headers");
        try
        {
            Assert.Matches(@"^ADDED\s+there\s+0", await LineAsync(watch));      // it watches from here on
            await ApplyAsync(Manifests.ConfigMap("seen", "1"));
            await ApplyAsync(Manifests.ConfigMap("seen", "2"));
            await KubectlAsync("delete", "configmap", "seen");
            Assert.Matches(@"^ADDED\s+seen\s+1", await LineAsync(watch));
            Assert.Matches(@"^MODIFIED\s+seen\s+2", await LineAsync(watch));
            Assert.Matches(@"^DELETED\s+seen\s+2", await LineAsync(watch));
        }
        finally
        {
            watch.Kill();
        }
    }

    [Fact]
    public async Task Explain_EachForm_DescribesTheFields()
    {
        var deployment = await KubectlAsync("explain", "deployments.spec.replicas");
        Assert.Contains("GROUP:      apps\nKIND:       Deployment\nVERSION:    v1\n\nFIELD: replicas <integer>", deployment, StringComparison.Ordinal);
        var recursive = await KubectlAsync("explain", "pod.spec.containers", "--recursive");
        Assert.Contains("  livenessProbe\t<Probe>\n", recursive, StringComparison.Ordinal);
        Assert.Contains("    httpGet\t<HTTPGetAction>\n", recursive, StringComparison.Ordinal);
        Assert.Contains("KIND:     Pod\nVERSION:  v1\n", await KubectlAsync("explain", "pod", "--output=plaintext-openapiv2"), StringComparison.Ordinal);
        Assert.Contains("VERSION:    v1\n", await KubectlAsync("explain", "hpa", "--api-version=autoscaling/v1"), StringComparison.Ordinal);
        await RefusedAsync("field \"nonsense\" does not exist", "explain", "pod.spec.nonsense");
    }

    [Fact]
    public async Task ApiVersions_Asked_HaveV1()
    {
        var versions = (await KubectlAsync("api-versions")).Split('\n');
        Assert.Superset(new HashSet<string> { "v1", "apps/v1", "batch/v1", "rbac.authorization.k8s.io/v1" }, versions.ToHashSet());
        var resources = await KubectlAsync("api-resources", "--sort-by=name", "-o", "wide");
        Assert.Matches(@"deployments\s+deploy\s+apps/v1\s+true\s+Deployment\s+create,delete,deletecollection,get,list,patch,update,watch\s+all\n", resources);
    }

    [Fact]
    public async Task ClusterInfo_Asked_NamesTheControlPlane()
    {
        Assert.Contains("Kubernetes control plane", await KubectlAsync("cluster-info"), StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"NodeList\"", await KubectlAsync("cluster-info", "dump", "--namespaces", Namespace), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_Asked_HasBothSides()
    {
        var version = await KubectlAsync("version");
        Assert.Matches(@"Client Version: \S*v1\.\d+", version);
        Assert.Matches(@"Server Version: v1\.36\.\d+", version);
        Assert.Contains("serverVersion:\n", await KubectlAsync("version", "-o", "yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port=0")]
    [InlineData("--unix-socket")]
    public async Task Proxy_AtPortOrSocket_ServesTheApi(string where)
    {
        var socket = Path.Combine(Path.GetTempPath(), $"sampan-proxy-{Guid.NewGuid():N}.sock");
        using var proxy = Start("proxy", where == "--unix-socket" ? $"{where}={socket}" : where);
        try
        {
            var line = await LineAsync(proxy);
            Assert.StartsWith("Starting to serve on ", line, StringComparison.Ordinal);
            string[] request = where == "--unix-socket" ? ["--unix-socket", socket, "http://localhost/api/"] : [$"http://{line!.Split(' ')[^1]}/api/"];
            Assert.Contains("\"kind\":\"APIVersions\"", (await Shell.RunAsync("curl", ["-sS", "-m", "30", .. request])).Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        finally
        {
            proxy.Kill();
            File.Delete(socket);
        }
    }

    private static Task<string?> LineAsync(System.Diagnostics.Process process) =>
        process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
}

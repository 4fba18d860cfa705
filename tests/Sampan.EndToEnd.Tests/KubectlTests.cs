using System.Text;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

public sealed class KubectlTests(TestCluster cluster) : ClusterTest(cluster)
{
    private const string ConfigMap = """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: settings, labels: { app: web } }
        data: { colour: green, size: large }
        """;

    [Fact]
    public async Task Get_EachOutput_ShowsTheDeployment()
    {
        await DeployWebAsync(replicas: 1);
        Assert.Matches(@"NAME\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+AGE\s+CONTAINERS\s+IMAGES\s+SELECTOR\s+web\s+1/1\s+1\s+1\s+\S+\s+nginx\s+nginx:1\s+app=web", await KubectlAsync("get", "deployment", "web", "-o", "wide"));
        Assert.Matches(@"NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE\s+IP\s+NODE\s+NOMINATED NODE\s+READINESS GATES\s+web-\S+\s+1/1\s+Running\s+0\s+\S+\s+10\.244\.\S+", await KubectlAsync("get", "pods", "-o", "wide"));
        Assert.Contains("kind: Deployment", await KubectlAsync("get", "deployment", "web", "-o", "yaml"), StringComparison.Ordinal);
        Assert.Equal(1, (int)(await GetAsync("deployment", "web"))["status"]!["readyReplicas"]!);
        var description = await KubectlAsync("describe", "deployment", "web");
        Assert.Contains("ScalingReplicaSet", description, StringComparison.Ordinal);
        Assert.Contains("Available      True", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_Followed_ShowLinesAsTheyCome()
    {
        await KubectlAsync("run", "talker", "--image=busybox:1", "--image-pull-policy=Never", "--command", "--", "sh", "-c", "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done");
        await PodReadyAsync("talker");
        using var logs = Cluster.StartKubectl("-n", Namespace, "logs", "-f", "talker");
        try
        {
            for (var line = 1; line <= 5; line++)
                Assert.Equal($"line {line}", await logs.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            logs.Kill(entireProcessTree: true);
        }
        var link = Assert.Single(Directory.GetFiles(Path.Combine(Cluster.DataDirectory, "log", "containers"), $"talker_{Namespace}_talker-*.log"));
        Assert.EndsWith(" stdout F line 1", File.ReadLines(link).First(), StringComparison.Ordinal);
        Assert.Single((await KubectlAsync("logs", "talker", "--tail=1")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Exec_WithInputAndExitCode_BehavesAsAShell()
    {
        await StartShellAsync();
        var piped = await Cluster.PipeKubectlAsync("hello\nworld\n", "-n", Namespace, "exec", "-i", "shell", "--", "wc", "-l");
        Assert.Equal("2", piped.Output.Trim());
        var failed = await TryKubectlAsync("exec", "shell", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
        Assert.Equal((7, "out\n"), (failed.ExitCode, failed.Output));
        Assert.StartsWith("err\n", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exec_WithTerminal_HasOne()
    {
        await StartShellAsync();
        var command = $"kubectl --kubeconfig={Cluster.DataDirectory}/admin.conf -n {Namespace} exec -it shell -- sh -c 'tty; stty size'";
        var output = await Cluster.Host.RunAsync("script", "-qec", command, "/dev/null");
        Assert.Contains("/dev/pts/", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cp_ThereAndBack_KeepsTheBytes()
    {
        await StartShellAsync();
        var folder = Directory.CreateTempSubdirectory("sampan-cp-");
        try
        {
            var content = new byte[300_000];
            new Random(7).NextBytes(content);
            await File.WriteAllBytesAsync($"{folder}/there", content, TestContext.Current.CancellationToken);
            await KubectlAsync("cp", $"{folder}/there", "shell:/tmp/file");
            await KubectlAsync("cp", "shell:/tmp/file", $"{folder}/back");
            Assert.Equal(content, await File.ReadAllBytesAsync($"{folder}/back", TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task PortForward_ToAPod_CarriesSeveralConnections()
    {
        await DeployWebAsync(replicas: 1);
        using var forward = Cluster.StartKubectl("-n", Namespace, "port-forward", "deployment/web", "18080:80");
        try
        {
            Assert.Contains("Forwarding from", await forward.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            for (var i = 0; i < 3; i++) Assert.Equal("nginx 1\n", await Cluster.Host.RunAsync("curl", "-sS", "-m", "5", "http://127.0.0.1:18080"));
        }
        finally
        {
            forward.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Apply_TwiceThenChanged_SaysWhatItDid()
    {
        Assert.Equal("configmap/settings created\n", await ApplyAsync(ConfigMap));
        Assert.Equal("configmap/settings unchanged\n", await ApplyAsync(ConfigMap));
        var changed = ConfigMap.Replace("green", "blue", StringComparison.Ordinal).Replace(", size: large", "", StringComparison.Ordinal);
        var diff = await Cluster.PipeKubectlAsync(changed, "-n", Namespace, "diff", "-f", "-");
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains("-  colour: green", diff.Output, StringComparison.Ordinal);
        Assert.Contains("+  colour: blue", diff.Output, StringComparison.Ordinal);
        Assert.Equal("configmap/settings configured\n", await ApplyAsync(changed));
        Assert.Equal("""{"colour":"blue"}""", await KubectlAsync("get", "configmap", "settings", "-o", "jsonpath={.data}"));
    }

    [Theory]
    [InlineData("merge", """{"data":{"colour":"red","size":null}}""", """{"colour":"red"}""")]
    [InlineData("strategic", """{"data":{"colour":"red"}}""", """{"colour":"red","size":"large"}""")]
    [InlineData("json", """[{"op":"replace","path":"/data/size","value":"small"}]""", """{"colour":"green","size":"small"}""")]
    public async Task Patch_EachType_ChangesWhatItNames(string type, string patch, string expected)
    {
        await ApplyAsync(ConfigMap);
        await KubectlAsync("patch", "configmap", "settings", "--type", type, "-p", patch);
        Assert.Equal(expected, await KubectlAsync("get", "configmap", "settings", "-o", "jsonpath={.data}"));
    }

    [Fact]
    public async Task Edit_WithAnEditor_WritesTheChange()
    {
        await ApplyAsync(ConfigMap);
        var edited = await Cluster.Host.RunAsync("env", "KUBE_EDITOR=sed -i s/green/yellow/", "kubectl", $"--kubeconfig={Cluster.DataDirectory}/admin.conf", "-n", Namespace, "edit", "configmap", "settings");
        Assert.Contains("configmap/settings edited", edited, StringComparison.Ordinal);
        Assert.Equal("yellow", await KubectlAsync("get", "configmap", "settings", "-o", "jsonpath={.data.colour}"));
    }

    [Fact]
    public async Task Explain_Field_DescribesIt()
    {
        var text = await KubectlAsync("explain", "deployment.spec.replicas");
        Assert.Contains("KIND:       Deployment", text, StringComparison.Ordinal);
        Assert.Contains("FIELD: replicas <integer>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteNamespace_WithContents_RemovesThemAll()
    {
        await DeployWebAsync(replicas: 2);
        await ApplyAsync(ConfigMap);
        await KubectlAsync("delete", "namespace", Namespace, "--timeout=120s");
        Assert.Contains("NotFound", (await Cluster.TryKubectlAsync("get", "namespace", Namespace)).Error, StringComparison.Ordinal);
        var left = new StringBuilder();
        foreach (var kind in (string[])["pods", "deployments", "replicasets", "services", "configmaps", "secrets", "endpointslices"])
            left.Append(await Cluster.KubectlAsync("get", kind, "-n", Namespace, "-o", "name"));
        Assert.Equal("", left.ToString());
    }
}

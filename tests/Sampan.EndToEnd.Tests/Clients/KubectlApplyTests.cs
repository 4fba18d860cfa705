using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>kubectl apply, client-side and server-side, with what belongs to it.</summary>
public sealed class KubectlApplyTests(ControlPlane plane) : ClientTest(plane)
{
    [Fact]
    public async Task Apply_ClientSide_MergesWhatChangedAndShowsTheDifferenceBefore()
    {
        Assert.Equal("deployment.apps/app created\n", await ApplyAsync(Manifests.Deployment()));
        await KubectlAsync("scale", "deployment", "app", "--replicas=2");
        Assert.Equal("deployment.apps/app configured\n", await ApplyAsync(Manifests.Deployment()));
        Assert.Equal("deployment.apps/app unchanged\n", await ApplyAsync(Manifests.Deployment()));
        var diff = await PipeAsync(Manifests.Deployment("nginx:2"), "diff", "-f", "-");
        Assert.Equal(1, diff.ExitCode);
        Assert.Contains("-        image: nginx:1\n+        image: nginx:2\n", diff.Output, StringComparison.Ordinal);
        await TestCluster.EventuallyAsync("nothing differs, once the controllers are done", async () => (await PipeAsync(Manifests.Deployment(), "diff", "-f", "-")).ExitCode == 0);
        Assert.Equal("deployment.apps/app configured (server dry run)\n", await ApplyAsync(Manifests.Deployment("nginx:2"), "--dry-run=server"));
        await SaysAsync("nginx:1", "get", "deployment", "app", "-o", "jsonpath={.spec.template.spec.containers[0].image}");
        var last = await KubectlAsync("apply", "view-last-applied", "deployment/app");
        Assert.Contains("image: nginx:1", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ServerSide_RefusesConflictsUntilForced()
    {
        Assert.Equal("deployment.apps/app serverside-applied\n", await ApplyAsync(Manifests.Deployment(), "--server-side", "--field-manager=one"));
        Assert.Equal("deployment.apps/app serverside-applied\n", await ApplyAsync(Manifests.Deployment(), "--server-side", "--field-manager=two"));
        var conflict = await PipeAsync(Manifests.Deployment("nginx:2"), "apply", "--server-side", "--field-manager=two", "-f", "-");
        Assert.Equal(1, conflict.ExitCode);
        Assert.Contains(
            "Apply failed with 1 conflict: conflict with \"one\": .spec.template.spec.containers[name=\"main\"].image", conflict.Error, StringComparison.Ordinal);
        await ApplyAsync(Manifests.Deployment("nginx:2"), "--server-side", "--field-manager=two", "--force-conflicts");
        Assert.Contains("manager: two", await KubectlAsync("get", "deployment", "app", "-o", "yaml", "--show-managed-fields"), StringComparison.Ordinal);
        var diff = await PipeAsync(Manifests.Deployment("nginx:3"), "diff", "--server-side", "--field-manager=two", "--force-conflicts", "-f", "-");
        Assert.Contains("+        image: nginx:3\n", diff.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ServerSideAfterClientSide_TakesTheFieldsOver()
    {
        await ApplyAsync(Manifests.Deployment());
        await ApplyAsync(Manifests.Deployment("nginx:2"), "--server-side");
        await ApplyAsync(Manifests.Deployment("nginx:2").Replace(", env: [{ name: A, value: \"1\" }]", "", StringComparison.Ordinal), "--server-side");
        await SaysAsync("", "get", "deployment", "app", "-o", "jsonpath={.spec.template.spec.containers[0].env}");
    }

    [Fact]
    public async Task Apply_WithPrune_RemovesWhatIsNoLongerNamed()
    {
        await ApplyAsync(Manifests.ConfigMap("a", "1") + Manifests.ConfigMap("b", "1") + Manifests.ConfigMap("c", "1", "other"));
        var pruned = await ApplyAsync(Manifests.ConfigMap("a", "1"), "--prune", "-l", "set=app", "--prune-allowlist=core/v1/ConfigMap");
        Assert.Equal("configmap/a unchanged\nconfigmap/b pruned\n", pruned);
        Assert.Equal("configmap/a\nconfigmap/c\n", await KubectlAsync("get", "configmaps", "-l", "set", "-o", "name"));
    }

    [Fact]
    public async Task Apply_Kustomization_MakesAndRemovesItsObjects()
    {
        var folder = Directory.CreateTempSubdirectory("sampan-kustomize-");
        try
        {
            await File.WriteAllTextAsync($"{folder}/app.yaml", Manifests.Deployment(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                $"{folder}/kustomization.yaml", "resources: [app.yaml]\nnamePrefix: k-\nconfigMapGenerator: [{ name: conf, literals: [a=b] }]\n", TestContext.Current.CancellationToken);
            Assert.Matches(@"^configmap/k-conf-\w+ created\ndeployment.apps/k-app created\n$", await KubectlAsync("apply", "-k", folder.FullName));
            Assert.Matches("deployment.apps \"k-app\" deleted", await KubectlAsync("delete", "-k", folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Apply_UnknownFields_AreRefusedOrWarnedAbout()
    {
        var broken = Manifests.Deployment().Replace("replicas: 0", "replicas: 0\n  foo: bar", StringComparison.Ordinal);
        var refused = await PipeAsync(broken, "apply", "-f", "-");
        Assert.Contains("Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: unknown field \"spec.foo\"", refused.Error, StringComparison.Ordinal);
        var warned = await PipeAsync(broken, "apply", "--validate=warn", "-f", "-");
        Assert.Equal((0, "deployment.apps/app created\n"), (warned.ExitCode, warned.Output));
        Assert.Contains("Warning: unknown field \"spec.foo\"", warned.Error, StringComparison.Ordinal);
        var applied = await PipeAsync(broken, "apply", "--server-side", "-f", "-");
        Assert.Contains(".spec.foo: field not declared in schema", applied.Error, StringComparison.Ordinal);
        var ignored = await PipeAsync(broken, "apply", "--validate=ignore", "-f", "-");
        Assert.Equal((0, ""), (ignored.ExitCode, ignored.Error));
    }

    [Fact]
    public async Task ReplaceAndCreate_ExistingObjects_BehaveAsTheyPromise()
    {
        Assert.Equal("deployment.apps/app created\n", (await PipeAsync(Manifests.Deployment(), "create", "--save-config", "-f", "-")).Output);
        Assert.Contains("deployments.apps \"app\" already exists", (await PipeAsync(Manifests.Deployment(), "create", "-f", "-")).Error, StringComparison.Ordinal);
        Assert.Equal("deployment.apps/app replaced\n", (await PipeAsync(Manifests.Deployment("nginx:2"), "replace", "-f", "-")).Output);
        var uid = await KubectlAsync("get", "deployment", "app", "-o", "jsonpath={.metadata.uid}");
        var forced = await PipeAsync(Manifests.Deployment("nginx:3"), "replace", "--force", "-f", "-");
        Assert.EndsWith("deployment.apps/app replaced\n", forced.Output, StringComparison.Ordinal);
        Assert.NotEqual(uid, await KubectlAsync("get", "deployment", "app", "-o", "jsonpath={.metadata.uid}"));
        var missing = await PipeAsync(Manifests.ConfigMap("none", "1"), "replace", "-f", "-");
        Assert.Contains("configmaps \"none\" not found", missing.Error, StringComparison.Ordinal);
    }
}

using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>Commands that change what there is.</summary>
public sealed class KubectlChangeTests(ControlPlane plane) : ClientTest(plane)
{
    private const string Image = "jsonpath={.spec.template.spec.containers[0].image}";

    [Fact]
    public async Task LabelAndAnnotate_SetChangeAndRemove()
    {
        await KubectlAsync("create", "configmap", "map");
        await SaysAsync("configmap/map labeled", "label", "configmap", "map", "colour=green");
        await RefusedAsync("'colour' already has a value (green), and --overwrite is false", "label", "configmap", "map", "colour=red");
        await SaysAsync("configmap/map labeled", "label", "configmap", "map", "colour=red", "--overwrite");
        await SaysAsync("configmap/map annotated", "annotate", "configmap", "map", "note=x");
        Assert.Matches(@"map\s+0\s+\S+\s+red\s", await KubectlAsync("get", "configmap", "map", "-L", "colour"));
        await SaysAsync("configmap/map unlabeled", "label", "configmap", "map", "colour-");
        await SaysAsync("configmap/map annotated", "annotate", "configmap", "map", "note-");
        await RefusedAsync("a valid label must be", "label", "configmap", "map", "colour=no good");
    }

    [Fact]
    public async Task Set_EachField_ChangesThePodTemplate()
    {
        await ApplyAsync(Manifests.Deployment());
        await SaysAsync("deployment.apps/app image updated", "set", "image", "deployment/app", "main=nginx:2");
        await SaysAsync("deployment.apps/app env updated", "set", "env", "deployment/app", "A=2", "B=3");
        await SaysAsync("deployment.apps/app resource requirements updated", "set", "resources", "deployment/app", "--limits=cpu=1", "--requests=cpu=500m");
        await KubectlAsync("create", "serviceaccount", "bot");
        await SaysAsync("deployment.apps/app serviceaccount updated", "set", "serviceaccount", "deployment/app", "bot");
        await SaysAsync("nginx:2", "get", "deployment", "app", "-o", Image);
        await SaysAsync("bot 500m 2 3", "get", "deployment", "app", "-o",
            "jsonpath={.spec.template.spec.serviceAccountName} {.spec.template.spec.containers[0].resources.requests.cpu} {.spec.template.spec.containers[0].env[*].value}");
        await KubectlAsync("create", "service", "clusterip", "front", "--tcp=80");
        await SaysAsync("service/front selector updated", "set", "selector", "service/front", "app=app");
        await KubectlAsync("create", "rolebinding", "binding", "--clusterrole=view", "--user=jane");
        await SaysAsync("rolebinding.rbac.authorization.k8s.io/binding subjects updated", "set", "subject", "rolebinding/binding", "--user=joe");
    }

    [Fact]
    public async Task Scale_WithAndWithoutExpectation_SetsReplicas()
    {
        await ApplyAsync(Manifests.Deployment());
        await SaysAsync("deployment.apps/app scaled", "scale", "deployment/app", "--replicas=2");
        await RefusedAsync("Expected replicas to be 1, was 2", "scale", "deployment/app", "--replicas=4", "--current-replicas=1");
        await SaysAsync("deployment.apps/app scaled", "scale", "deployment/app", "--replicas=0", "--current-replicas=2");
        Assert.Contains("kind: Scale", await KubectlAsync("get", "deployment", "app", "--subresource=scale", "-o", "yaml"), StringComparison.Ordinal);
        await SaysAsync("scale.autoscaling/app patched", "patch", "deployment", "app", "--subresource=scale", "--type=merge", "-p", """{"spec":{"replicas":1}}""");
        Assert.Matches(@"NAME\s+DESIRED\s+AVAILABLE\s+AGE\s+app\s+1\s+\d\s", await KubectlAsync("get", "deployment", "app", "--subresource=scale"));
    }

    [Fact]
    public async Task Patch_ThatCanNotBeApplied_SaysWhy()
    {
        await ApplyAsync(Manifests.Deployment());
        await RefusedAsync("the server rejected our request due to an error in our request", "patch", "deployment", "app", "--type=json", "-p", """[{"op":"remove","path":"/spec/none"}]""");
        await RefusedAsync("patch: Invalid value: \"map[spec:map[replicas:x]]\": unrecognized type: int32", "patch", "deployment", "app", "-p", """{"spec":{"replicas":"x"}}""");
        await RefusedAsync("spec.replicas: Invalid value: -1: must be greater than or equal to 0", "patch", "deployment", "app", "-p", """{"spec":{"replicas":-1}}""");
        await RefusedAsync("field is immutable", "patch", "deployment", "app", "-p", """{"spec":{"selector":{"matchLabels":{"b":"c"}},"template":{"metadata":{"labels":{"b":"c"}}}}}""");
        await SaysAsync("deployment.apps/app patched (no change)", "patch", "deployment", "app", "-p", "{}");
    }

    [Fact]
    public async Task Rollout_OfEveryRevision_IsListedShownAndUndone()
    {
        await ApplyAsync(Manifests.Deployment());
        await SaysAsync("deployment \"app\" successfully rolled out", "rollout", "status", "deployment/app", "--timeout=120s");
        await KubectlAsync("annotate", "deployment/app", "kubernetes.io/change-cause=first");
        await KubectlAsync("set", "image", "deployment/app", "main=nginx:2");
        await KubectlAsync("rollout", "status", "deployment/app", "--timeout=120s");
        await KubectlAsync("annotate", "deployment/app", "kubernetes.io/change-cause=second", "--overwrite");
        await TestCluster.EventuallyAsync("both causes are known", async () =>
            System.Text.RegularExpressions.Regex.IsMatch(await KubectlAsync("rollout", "history", "deployment/app"), @"1\s+first\n2\s+second\n"));
        Assert.Contains("nginx:1", await KubectlAsync("rollout", "history", "deployment/app", "--revision=1"), StringComparison.Ordinal);
        await SaysAsync("deployment.apps/app rolled back", "rollout", "undo", "deployment/app");
        await SaysAsync("nginx:1", "get", "deployment", "app", "-o", Image);
        await KubectlAsync("rollout", "status", "deployment/app", "--timeout=120s");
        await SaysAsync("deployment.apps/app rolled back", "rollout", "undo", "deployment/app", "--to-revision=2");
        await SaysAsync("nginx:2", "get", "deployment", "app", "-o", Image);
        await SaysAsync("deployment.apps/app paused", "rollout", "pause", "deployment/app");
        await SaysAsync("deployment.apps/app resumed", "rollout", "resume", "deployment/app");
        await SaysAsync("deployment.apps/app restarted", "rollout", "restart", "deployment/app");
        await KubectlAsync("rollout", "status", "deployment/app", "--timeout=120s");
    }

    [Fact]
    public async Task Wait_ForEachCondition_EndsWhenItHolds()
    {
        await ApplyAsync(Manifests.Deployment());
        await SaysAsync("deployment.apps/app condition met", "wait", "--for=condition=Available", "deployment/app", "--timeout=120s");
        await SaysAsync("deployment.apps/app condition met", "wait", "--for=create", "deployment/app", "--timeout=120s");
        await SaysAsync("deployment.apps/app condition met", "wait", "--for=jsonpath={.spec.replicas}=0", "deployment/app", "--timeout=120s");
        using var waiting = Start("wait", "--for=create", "configmap/late", "--timeout=120s");
        await KubectlAsync("create", "configmap", "late");
        Assert.Equal("configmap/late condition met", await waiting.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using var gone = Start("wait", "--for=delete", "configmap/late", "--timeout=120s");
        await KubectlAsync("delete", "configmap", "late");
        Assert.Contains("condition met", await gone.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + "condition met", StringComparison.Ordinal);
        await gone.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, gone.ExitCode);
        await RefusedAsync("timed out waiting for the condition on deployments/app", "wait", "--for=condition=Never", "deployment/app", "--timeout=1s");
    }

    [Fact]
    public async Task Delete_EachWay_SaysWhatItDeleted()
    {
        await ApplyAsync(Manifests.ConfigMap("a", "1") + Manifests.ConfigMap("b", "1") + Manifests.ConfigMap("c", "1") + Manifests.Deployment());
        Assert.StartsWith("configmap \"a\" deleted", await KubectlAsync("delete", "configmap", "a", "--dry-run=server"), StringComparison.Ordinal);
        Assert.StartsWith("configmap \"a\" deleted", await KubectlAsync("delete", "configmap/a"), StringComparison.Ordinal);
        await RefusedAsync("configmaps \"a\" not found", "delete", "configmap", "a");
        await SaysAsync("", "delete", "configmap", "a", "--ignore-not-found");
        Assert.Equal(2, (await KubectlAsync("delete", "configmaps", "-l", "set=app")).Count(c => c == '\n'));
        await TestCluster.EventuallyAsync("the replica set is there", async () => (await KubectlAsync("get", "replicasets", "-o", "name")).Length > 0);
        await KubectlAsync("delete", "deployment", "app", "--cascade=orphan", "--timeout=120s");
        Assert.StartsWith("replicaset.apps/app-", await KubectlAsync("get", "replicasets", "-o", "name"), StringComparison.Ordinal);
        await KubectlAsync("delete", "replicasets", "--all", "--cascade=foreground", "--timeout=120s");
        await SaysAsync("", "get", "replicasets", "-o", "name");
    }
}

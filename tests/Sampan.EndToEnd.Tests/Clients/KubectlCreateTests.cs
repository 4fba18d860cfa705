using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>What kubectl makes from its arguments.</summary>
public sealed class KubectlCreateTests(ControlPlane plane) : ClientTest(plane)
{
    [Fact]
    public async Task Create_NamespacedKinds_SaysWhatItCreated()
    {
        await SaysAsync("configmap/settings created", "create", "configmap", "settings", "--from-literal=a=b");
        await SaysAsync("secret/generic created", "create", "secret", "generic", "generic", "--from-literal=p=q");
        await SaysAsync("secret/registry created", "create", "secret", "docker-registry", "registry", "--docker-username=u", "--docker-password=p", "--docker-server=s");
        await SaysAsync("deployment.apps/web created", "create", "deployment", "web", "--image=nginx:1", "--replicas=0", "--port=80");
        await SaysAsync("cronjob.batch/tick created", "create", "cronjob", "tick", "--image=busybox:1", "--schedule=0 0 1 1 *", "--", "date");
        await SaysAsync("job.batch/once created", "create", "job", "once", "--image=busybox:1", "--", "date");
        await SaysAsync("job.batch/again created", "create", "job", "again", "--from=cronjob/tick");
        await SaysAsync("ingress.networking.k8s.io/front created", "create", "ingress", "front", "--rule=foo.com/bar*=web:8080,tls=cert", "--class=nginx", "--default-backend=web:80");
        await SaysAsync("poddisruptionbudget.policy/budget created", "create", "poddisruptionbudget", "budget", "--selector=app=web", "--min-available=1");
        await SaysAsync("role.rbac.authorization.k8s.io/reader created", "create", "role", "reader", "--verb=get", "--resource=pods,deployments.apps", "--resource-name=x");
        await SaysAsync("rolebinding.rbac.authorization.k8s.io/readers created", "create", "rolebinding", "readers", "--role=reader", "--serviceaccount=default:default");
        await SaysAsync("serviceaccount/bot created", "create", "serviceaccount", "bot");
        await SaysAsync("resourcequota/limits created", "create", "quota", "limits", "--hard=cpu=1,pods=20", "--scopes=NotTerminating");
        Assert.Equal("{\"a\":\"b\"}", await KubectlAsync("get", "configmap", "settings", "-o", "jsonpath={.data}"));
        Assert.Equal("tick", await KubectlAsync("get", "job", "again", "-o", "jsonpath={.metadata.ownerReferences[0].name}"));
    }

    [Fact]
    public async Task Create_ClusterKinds_SaysWhatItCreated()
    {
        try
        {
            await SaysAsync($"clusterrole.rbac.authorization.k8s.io/{Namespace} created", "create", "clusterrole", Namespace, "--verb=get", "--resource=pods,nodes", "--non-resource-url=/healthz");
            await SaysAsync($"clusterrolebinding.rbac.authorization.k8s.io/{Namespace} created", "create", "clusterrolebinding", Namespace, $"--clusterrole={Namespace}", "--user=jane", "--group=devs");
            await SaysAsync($"priorityclass.scheduling.k8s.io/{Namespace} created", "create", "priorityclass", Namespace, "--value=1000", "--description=x");
            await SaysAsync($"namespace/{Namespace}-2 created", "create", "namespace", Namespace + "-2");
        }
        finally
        {
            await TryAsync("delete", "clusterrole,clusterrolebinding,priorityclass", Namespace);
            await TryAsync("delete", "namespace", Namespace + "-2", "--wait=false");
        }
    }

    [Fact]
    public async Task Create_ServicesOfEachType_HaveWhatTheTypeGives()
    {
        await SaysAsync("service/internal created", "create", "service", "clusterip", "internal", "--tcp=80:8080");
        await SaysAsync("service/headless created", "create", "service", "clusterip", "headless", "--clusterip=None", "--tcp=80");
        await SaysAsync("service/ported created", "create", "service", "nodeport", "ported", "--tcp=80:8080");
        await SaysAsync("service/balanced created", "create", "service", "loadbalancer", "balanced", "--tcp=80:8080");
        await SaysAsync("service/alias created", "create", "service", "externalname", "alias", "--external-name=example.com");
        var table = await KubectlAsync("get", "services");
        Assert.Matches(@"alias\s+ExternalName\s+<none>\s+example\.com\s+<none>\s", table);
        Assert.Matches(@"balanced\s+LoadBalancer\s+10\.96\.\d+\.\d+\s+<pending>\s+80:3\d{4}/TCP\s", table);
        Assert.Matches(@"headless\s+ClusterIP\s+None\s+<none>\s+80/TCP\s", table);
        Assert.Matches(@"internal\s+ClusterIP\s+10\.96\.\d+\.\d+\s+<none>\s+80/TCP\s", table);
        Assert.Matches(@"ported\s+NodePort\s+10\.96\.\d+\.\d+\s+<none>\s+80:3\d{4}/TCP\s", table);
        await RefusedAsync("provided port is not in the valid range. The range of valid ports is 30000-32767", "create", "service", "nodeport", "low", "--tcp=80", "--node-port=80");
    }

    [Fact]
    public async Task Create_SecretOfTls_KeepsBothFiles()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=web", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var folder = Directory.CreateTempSubdirectory("sampan-tls-");
        try
        {
            await File.WriteAllTextAsync($"{folder}/crt", certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync($"{folder}/key", key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
            await SaysAsync("secret/tls created", "create", "secret", "tls", "tls", $"--cert={folder}/crt", $"--key={folder}/key");
            Assert.Matches(@"tls\s+kubernetes\.io/tls\s+2\s", await KubectlAsync("get", "secret", "tls"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Run_WithRestartNever_MakesAPodOfTheImage()
    {
        await SaysAsync("pod/once created", "run", "once", "--restart=Never", "--image=httpd:2");
        await SaysAsync("httpd:2 Never", "get", "pod", "once", "-o", "jsonpath={.spec.containers[0].image} {.spec.restartPolicy}");
    }

    [Fact]
    public async Task DryRun_OnTheServer_ChangesNothing()
    {
        await KubectlAsync("run", "kept", "--image=httpd:2", "--labels=run=kept");
        await SaysAsync("pod/kept patched", "patch", "pod", "kept", "--dry-run=server", "-p", """{"spec":{"containers":[{"name":"kept","image":"busybox:1"}]}}""");
        await SaysAsync("httpd:2", "get", "pod", "kept", "-o", "jsonpath={.spec.containers[0].image}");
        await SaysAsync("pod/dry created (server dry run)", "run", "dry", "--image=httpd:2", "--dry-run=server");
        await RefusedAsync("pods \"dry\" not found", "get", "pod", "dry");
    }

    [Fact]
    public async Task RunExposeAndAutoscale_OfAnImage_MakeTheirObjects()
    {
        Assert.Equal("service/hello created\npod/hello created\n", await KubectlAsync("run", "hello", "--image=nginx:1", "--port=80", "--labels=app=hello", "--expose"));
        await KubectlAsync("create", "deployment", "web", "--image=nginx:1", "--replicas=0");
        await SaysAsync("service/front exposed", "expose", "deployment", "web", "--port=80", "--target-port=8080", "--name=front", "--type=NodePort");
        await SaysAsync("horizontalpodautoscaler.autoscaling/web autoscaled", "autoscale", "deployment", "web", "--min=1", "--max=5", "--cpu-percent=50");
        Assert.Equal("""{"app":"web"} 8080""", await KubectlAsync("get", "service", "front", "-o", "jsonpath={.spec.selector} {.spec.ports[0].targetPort}"));
        Assert.Matches(@"web\s+Deployment/web\s+cpu: <unknown>/50%\s+1\s+5\s+0\s", await KubectlAsync("get", "hpa"));
        await RefusedAsync("""services "front" already exists""", "expose", "deployment", "web", "--port=80", "--name=front");
    }
}

using System.Text.Json.Nodes;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

public sealed class ServiceTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Service_ByNameFromAPodAndByNodePortFromTheHost_ServesThePage()
    {
        await DeployWebAsync();
        await StartShellAsync();
        foreach (var name in (string[])["web", $"web.{Namespace}", $"web.{Namespace}.svc.cluster.local"])
            Assert.Equal("nginx 1\n", await ShellAsync($"wget -qO- http://{name}"));

        var port = await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}");
        Assert.Equal("nginx 1\n", await Cluster.Host.RunAsync("curl", "-sS", "-m", "5", $"http://{HostNamespace.Address}:{port}"));
        var clusterIp = await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        Assert.Equal("nginx 1\n", await Cluster.Host.RunAsync("curl", "-sS", "-m", "5", $"http://{clusterIp}"));
    }

    [Fact]
    public async Task HeadlessService_ByName_ResolvesToItsPods()
    {
        await DeployWebAsync(replicas: 2);
        await StartShellAsync();
        await KubectlAsync("create", "service", "clusterip", "web-pods", "--clusterip=None", "--tcp=80");
        await KubectlAsync("patch", "service", "web-pods", "-p", """{"spec":{"selector":{"app":"web"}}}""");
        var pods = (await KubectlAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.podIP}")).Split(' ');
        await TestCluster.EventuallyAsync("the name of the headless Service resolves to both pods", async () =>
        {
            var answer = await Cluster.Host.RunAsync("dig", "+short", "@10.96.0.10", $"web-pods.{Namespace}.svc.cluster.local");
            return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order().SequenceEqual(pods.Order());
        });
    }

    [Fact]
    public async Task Service_OfTheApi_LeadsToTheServer()
    {
        Assert.Contains("default/kubernetes", await Cluster.KubectlAsync(
            "get", "services", "-A", "-o", "jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name} {end}"));
        var endpoints = await Cluster.KubectlAsync(
            "get", "endpoints", "kubernetes", "-n", "default", "-o", "jsonpath={.subsets[*].addresses[*].ip}:{.subsets[*].ports[*].port}");
        Assert.Equal($"{HostNamespace.Address}:6443", endpoints);
        var slice = await Cluster.KubectlAsync(
            "get", "endpointslices", "-n", "default", "-l", "kubernetes.io/service-name=kubernetes",
            "-o", "jsonpath={.items[*].endpoints[*].addresses[*]}:{.items[*].ports[*].port}");
        Assert.Equal(endpoints, slice);
    }

    [Fact]
    public async Task HostPort_OfOneNumberAtOtherAddressesAndProtocols_LeadsToThePodOfEach()
    {
        foreach (var (pod, address, protocol) in ((string, string, string)[])[("local", "127.0.0.1", "TCP"), ("node", HostNamespace.Address, "TCP"), ("datagrams", HostNamespace.Address, "UDP")])
        {
            await ApplyAsync($$"""
                apiVersion: v1
                kind: Pod
                metadata: { name: {{pod}} }
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: web
                    image: busybox:1
                    imagePullPolicy: Never
                    command: [sh, -c, "mkdir /www; hostname > /www/name; exec httpd -f -p 8080 -h /www"]
                    ports: [{ containerPort: 8080, hostPort: 18081, hostIP: {{address}}, protocol: {{protocol}} }]
                    readinessProbe: { httpGet: { path: /name, port: 8080 }, periodSeconds: 1 }
                """);
        }

        foreach (var pod in new[] { "local", "node", "datagrams" }) await PodReadyAsync(pod);
        await TestCluster.EventuallyAsync("the port of the loopback address leads to its pod", async () =>
            (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", "--interface", HostNamespace.Address, "http://127.0.0.1:18081/name")).Output == "local\n");
        await ServesAsync($"{HostNamespace.Address}:18081/name", "node\n");
    }

    [Fact]
    public async Task LoadBalancer_WithoutNodePorts_IsReachedByItsAddressUntilItIsDeleted()
    {
        await DeployWebAsync(replicas: 1);
        await ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: { name: front }
            spec:
              type: LoadBalancer
              allocateLoadBalancerNodePorts: false
              selector: { app: web }
              ports: [{ port: 8080, targetPort: http }]
            """);
        var front = new JsonObject() as JsonNode;
        await TestCluster.EventuallyAsync("the Service has an address", async () => (front = await GetAsync("service", "front"))["status"]?["loadBalancer"]?["ingress"] is not null);
        Assert.Null(front["spec"]!["ports"]![0]!["nodePort"]);
        Assert.Equal("service.kubernetes.io/load-balancer-cleanup", (string?)front["metadata"]!["finalizers"]![0]);
        var ingress = front["status"]!["loadBalancer"]!["ingress"]![0]!;
        Assert.Equal("VIP", (string?)ingress["ipMode"]);
        var page = new[] { "-sS", "-m", "5", $"http://{ingress["ip"]}:8080" };
        await TestCluster.EventuallyAsync("the page from outside of the pods", async () => (await Cluster.Host.TryAsync("curl", page)).Output == "nginx 1\n");
        await KubectlAsync("delete", "service", "front", "--timeout=60s");
        await TestCluster.EventuallyAsync("nobody answers any more", async () => (await Cluster.Host.TryAsync("curl", page)).ExitCode != 0);
    }

    [Fact]
    public async Task Service_WithoutReadyPods_RefusesAtOnce()
    {
        await KubectlAsync("create", "service", "clusterip", "nobody", "--tcp=80");
        var ip = await KubectlAsync("get", "service", "nobody", "-o", "jsonpath={.spec.clusterIP}");
        await TestCluster.EventuallyAsync("the connection is refused", async () =>
            (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", $"http://{ip}")).ExitCode == 7);
    }

    [Fact]
    public async Task HostPort_OfAPod_LeadsToItWhileItLives()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: hosted }
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "mkdir /www; echo hosted > /www/index.html; exec httpd -f -p 80 -h /www"]
                ports: [{ containerPort: 80, hostPort: 18080 }]
            """);
        await ServesAsync($"{HostNamespace.Address}:18080", "hosted\n");
        await KubectlAsync("delete", "pod", "hosted", "--timeout=90s");
        await TestCluster.EventuallyAsync("nobody answers any more", async () =>
            (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", $"http://{HostNamespace.Address}:18080")).ExitCode == 7);
    }

    [Fact]
    public async Task PublishNotReadyAddresses_LeadsToPodsThatAreNotReady()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: early, labels: { app: early } }
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "mkdir /www; echo early > /www/index.html; exec httpd -f -p 80 -h /www"]
                readinessProbe: { exec: { command: ["false"] }, periodSeconds: 1 }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: early }
            spec: { publishNotReadyAddresses: true, selector: { app: early }, ports: [{ port: 80 }] }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: peers }
            spec: { clusterIP: None, publishNotReadyAddresses: true, selector: { app: early }, ports: [{ port: 80 }] }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: ready }
            spec: { selector: { app: early }, ports: [{ port: 80 }] }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: ready-peers }
            spec: { clusterIP: None, selector: { app: early }, ports: [{ port: 80 }] }
            """);
        await ServesAsync(await KubectlAsync("get", "service", "early", "-o", "jsonpath={.spec.clusterIP}"), "early\n");
        Assert.Equal("False", await KubectlAsync("get", "pod", "early", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}"));
        var pod = await KubectlAsync("get", "pod", "early", "-o", "jsonpath={.status.podIP}");
        await TestCluster.EventuallyAsync("its name leads to the pod", async () => await DigAsync("peers") == pod);
        var ready = await KubectlAsync("get", "service", "ready", "-o", "jsonpath={.spec.clusterIP}");
        await TestCluster.EventuallyAsync("others refuse", async () => (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", $"http://{ready}")).ExitCode == 7);
        Assert.Equal("", await DigAsync("ready-peers"));
    }

    private async Task<string> DigAsync(string service) =>
        (await Cluster.Host.RunAsync("dig", "+short", "@10.96.0.10", $"{service}.{Namespace}.svc.cluster.local")).Trim();
}

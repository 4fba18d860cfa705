using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class ContainerEnvironmentTests
{
    private readonly FakePodObjects _objects = new();

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(A)", "1")]
    [InlineData("$(A)$(MISSING)", "1$(MISSING)")]
    [InlineData("$$(A) $$", "$(A) $")]
    [InlineData("$A $(A", "$A $(A")]
    [InlineData("end$", "end$")]
    [InlineData("$", "$")]
    [InlineData("$$$(A)", "$1")]
    [InlineData("$$$$(A)", "$$(A)")]
    [InlineData("$?_boo", "$?_boo")]
    [InlineData("$(A)))", "1))")]
    [InlineData("$()", "$()")]
    [InlineData("$(A $(A)", "$(A $(A)")]
    [InlineData("a-$(A)-$$(A)-$(B)", "a-1-$(A)-$(B)")]
    public void Expand_References_AsKubernetesDoes(string input, string expected) =>
        Assert.Equal(expected, Expansion.Expand(input, name => name == "A" ? "1" : null));

    [Fact]
    public async Task Build_LaterSources_Win()
    {
        _objects.ConfigMaps["m"] = new ConfigMap { Data = new() { ["A"] = "map", ["B"] = "map", ["bad=key"] = "x" } };
        _objects.Secrets["s"] = new Secret { Data = new() { ["B"] = Encoding.UTF8.GetBytes("secret") } };

        var result = await BuildAsync(c =>
        {
            c.EnvFrom = [new() { ConfigMapRef = new() { Name = "m" } }, new() { SecretRef = new() { Name = "s" }, Prefix = "" }];
            c.Env = [new() { Name = "C", Value = "$(A)-$(B)" }, new() { Name = "A", Value = "own" }];
        });

        Assert.Equal("own", result["A"]);
        Assert.Equal("secret", result["B"]);
        Assert.Equal("map-secret", result["C"]);
        Assert.False(result.ContainsKey("bad=key"));
    }

    [Fact]
    public async Task Build_FieldsAndResources_AreRead()
    {
        var result = await BuildAsync(c =>
        {
            c.Resources.Limits = new() { ["memory"] = Quantity.Parse("64Mi"), ["cpu"] = Quantity.Parse("250m") };
            c.Env =
            [
                new() { Name = "NAME", ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.name" } } },
                new() { Name = "IP", ValueFrom = new() { FieldRef = new() { FieldPath = "status.podIP" } } },
                new() { Name = "APP", ValueFrom = new() { FieldRef = new() { FieldPath = "metadata.labels['app']" } } },
                new() { Name = "MEMORY", ValueFrom = new() { ResourceFieldRef = new() { Resource = "limits.memory", Divisor = Quantity.Parse("1Mi") } } },
                new() { Name = "CPU", ValueFrom = new() { ResourceFieldRef = new() { Resource = "limits.cpu" } } },
            ];
        });

        Assert.Equal("a", result["NAME"]);
        Assert.Equal("10.0.0.1", result["IP"]);
        Assert.Equal("front", result["APP"]);
        Assert.Equal("64", result["MEMORY"]);
        Assert.Equal("1", result["CPU"]);
    }

    [Fact]
    public async Task Build_Services_AreNamedInUpperCase()
    {
        _objects.AllServices.Add(Service("default", "kubernetes", "10.96.0.1", 443));
        _objects.AllServices.Add(Service("default", "my-web", "10.96.0.7", 80));
        _objects.AllServices.Add(Service("default", "headless", "None", 80));

        var result = await BuildAsync(_ => { });

        Assert.Equal("10.96.0.7", result["MY_WEB_SERVICE_HOST"]);
        Assert.Equal("80", result["MY_WEB_SERVICE_PORT_HTTP"]);
        Assert.Equal("tcp://10.96.0.7:80", result["MY_WEB_PORT_80_TCP"]);
        Assert.Equal("443", result["KUBERNETES_SERVICE_PORT"]);
        Assert.DoesNotContain(result.Keys, k => k.StartsWith("HEADLESS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "10.96.0.9")]
    [InlineData(false, "10.96.0.1")]
    public async Task Build_NamespaceHasAKubernetesOfItsOwn_WinsWhereServicesAreLinked(bool links, string expected)
    {
        _objects.AllServices.Add(Service("default", "kubernetes", "10.96.0.1", 443));
        _objects.AllServices.Add(Service("other", "kubernetes", "10.96.0.9", 8443));

        var result = await BuildAsync(_ => { }, pod => (pod.Metadata.Namespace, pod.Spec.EnableServiceLinks) = ("other", links));

        Assert.Equal(expected, result["KUBERNETES_SERVICE_HOST"]);
    }

    [Fact]
    public async Task Build_MissingKey_SaysWhich()
    {
        _objects.ConfigMaps["m"] = new ConfigMap();

        var failure = await Assert.ThrowsAsync<StartFailure>(() => BuildAsync(c => c.Env =
            [new() { Name = "A", ValueFrom = new() { ConfigMapKeyRef = new() { Name = "m", Key = "k" } } }]));

        Assert.Equal("couldn't find key k in ConfigMap default/m", failure.Message);
        Assert.Equal("CreateContainerConfigError", failure.Reason);
    }

    private static Service Service(string ns, string name, string ip, int port) => new()
    {
        Metadata = new() { Namespace = ns, Name = name },
        Spec = new() { ClusterIP = ip, Ports = [new() { Name = "http", Port = port, Protocol = "TCP" }] },
    };

    private Task<Dictionary<string, string>> BuildAsync(Action<Container> change, Action<Pod>? changePod = null)
    {
        var pod = Node.Pod("a", p => p.Metadata.Labels = new() { ["app"] = "front" });
        change(pod.Spec.Containers[0]);
        changePod?.Invoke(pod);
        return new ContainerEnvironment(_objects, new NoVolumes(), () => new Dictionary<string, Quantity>()).BuildAsync(pod, pod.Spec.Containers[0], new Dictionary<string, MountedVolume>(), ["192.0.2.1"], ["10.0.0.1"], default);
    }
}

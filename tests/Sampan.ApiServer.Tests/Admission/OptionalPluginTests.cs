using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Tests.Server;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Admission;

/// <summary>Plugins that are off until a flag asks for them.</summary>
public sealed class OptionalPluginTests
{
    [Fact]
    public async Task AlwaysPullImages_NewImages_ArePulledEachTime()
    {
        await using var server = await StartAsync("AlwaysPullImages");
        var pod = await server.Client.CreateAsync(
            Pod(spec =>
            {
                spec.Containers[0].ImagePullPolicy = "Never";
                spec.InitContainers = [new() { Name = "i", Image = "busybox:1" }];
                spec.Volumes = [new() { Name = "v", Image = new() { Reference = "data:1", PullPolicy = "IfNotPresent" } }];
            }),
            default);
        Assert.Equal(("Always", "Always"), (pod.Spec.Containers[0].ImagePullPolicy, pod.Spec.InitContainers![0].ImagePullPolicy));
        Assert.Equal("Always", pod.Spec.Volumes!.Find(volume => volume.Name == "v")!.Image!.PullPolicy);
    }

    [Fact]
    public async Task DenyServiceExternalIPs_NewAddress_IsForbidden()
    {
        await using var server = await StartAsync("DenyServiceExternalIPs");
        var service = new Service { Metadata = new() { Name = "s", Namespace = "default" }, Spec = new() { Ports = [new() { Port = 80 }], ExternalIPs = ["192.0.2.1"] } };
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(service, default));
        Assert.Equal("services \"s\" is forbidden: Use of external IPs is denied by admission control", refusal.Message);
        service.Spec.ExternalIPs = null;
        var created = (await server.Client.CreateAsync(service, default)).DeepClone();
        created.Spec.ExternalIPs = ["192.0.2.1"];
        Assert.True((await RefusalAsync(() => server.Client.Of<Service>().UpdateAsync(created, default))).IsForbidden);
    }

    [Theory]
    [InlineData("kubernetes.io/hostname", true)]
    [InlineData("topology.kubernetes.io/zone", false)]
    public async Task LimitPodHardAntiAffinityTopology_Zone_IsForbidden(string key, bool allowed)
    {
        await using var server = await StartAsync("LimitPodHardAntiAffinityTopology");
        var term = new PodAffinityTerm { TopologyKey = key, LabelSelector = new() { MatchLabels = new() { ["a"] = "b" } } };
        var creation = () => server.Client.CreateAsync(
            Pod(spec => spec.Affinity = new() { PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [term] } }), default);
        if (allowed) await creation();
        else
            Assert.Equal(
                $"pods \"p\" is forbidden: affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey {key} but only key kubernetes.io/hostname is allowed",
                (await RefusalAsync(creation)).Message);
    }

    [Fact]
    public async Task ExtendedResourceToleration_PodsThatAskForIt_TolerateItsTaint()
    {
        await using var server = await StartAsync("ExtendedResourceToleration");
        var amount = new Dictionary<string, Quantity> { ["example.com/gpu"] = Quantity.Parse("1") };
        var pod = await server.Client.CreateAsync(Pod(spec => spec.Containers[0].Resources = new() { Requests = amount, Limits = amount }), default);
        var toleration = Assert.Single(pod.Spec.Tolerations!, one => one.Key == "example.com/gpu");
        Assert.Equal(("Exists", "NoSchedule"), (toleration.Operator, toleration.Effect));
    }

    [Theory]
    [InlineData("NodeRestriction", "", "")]
    [InlineData("AlwaysPullImages,MutatingAdmissionWebhook", "ServiceAccount,PodSecurity,ValidatingAdmissionPolicy,EventRateLimit", "")]
    [InlineData("Nonsense", "", "enable-admission-plugins plugin \"Nonsense\" is unknown")]
    [InlineData("", "Nonsense", "disable-admission-plugins plugin \"Nonsense\" is unknown")]
    [InlineData("LimitRanger", "LimitRanger", "[LimitRanger] in enable-admission-plugins and disable-admission-plugins overlapped")]
    [InlineData("EventRateLimit", "", "enable-admission-plugins plugin \"EventRateLimit\" is not supported")]
    public void Problems_OfFlags_AreNamed(string enabled, string disabled, string problem) => Assert.Equal(
        problem, string.Join("; ", AdmissionPluginNames.Problems(Names(enabled), Names(disabled))));

    private static HashSet<string> Names(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static async Task<TestServer> StartAsync(string plugin)
    {
        var server = await TestServer.StartAsync(options => options with { EnabledAdmissionPlugins = Names(plugin) });
        await server.AddDefaultAccountAsync();
        return server;
    }

    private static Pod Pod(Action<PodSpec> change) => AdmissionPods.Of("p", change: change);
}

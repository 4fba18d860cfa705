using System.Net;
using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;
using Sampan.Proxy.Rules;
using Sampan.Proxy.Tests.Fakes;
using Sampan.Testing.Fakes;

namespace Sampan.Proxy.Tests.Rules;

/// <summary>
/// The flows of upstream's tests of its nftables proxy (pkg/proxy/nftables/proxier_test.go), from API objects to verdicts: a flow is
/// written <c>from > destination:port</c>, its verdict as the endpoints by name, with "masq" when masqueraded. The endpoint "here" is
/// on this node, "away" on another.
/// </summary>
public sealed class FlowTests
{
    private const string ClusterIP = "172.30.0.41", ExternalIP = "192.168.99.11", BalancerIP = "1.2.3.4", Node = "192.168.0.2", OtherNode = "192.168.0.3";
    private static readonly CompileOptions Options = new()
    {
        NodeName = "here",
        Zone = "zone-1",
        NodeAddresses = [IPAddress.Parse(Node)],
        PodCidrs = [IPNetwork.Parse("10.0.0.0/8")],
        Families = [IPFamily.V4],
    };

    private readonly FakeNftables _nftables = new();

    /// <summary>Who sends, by name.</summary>
    private static Dictionary<string, string> Senders { get; } = new()
    {
        ["pod"] = "10.0.0.2", ["external"] = "203.0.113.2", ["blocked"] = "203.0.114.130", ["node"] = Node, ["other-node"] = OtherNode, ["localhost"] = "127.0.0.1",
    };

    [Theory]
    [InlineData("pod > 172.30.0.41:80", "away here")]
    [InlineData("pod > 192.168.99.11:80", "away here masq")]
    [InlineData("external > 192.168.99.11:80", "away here masq")]
    [InlineData("pod > 1.2.3.4:80", "away here masq")]
    [InlineData("external > 1.2.3.4:80", "away here masq")]
    [InlineData("pod > 192.168.0.2:3001", "away here masq")]
    [InlineData("external > 192.168.0.2:3001", "away here masq")]
    [InlineData("node > 192.168.0.2:3001", "away here masq")]
    [InlineData("localhost > 127.0.0.1:3001", "pass")]
    [InlineData("external > 172.30.0.41:80", "away here masq")]
    [InlineData("node > 172.30.0.41:80", "away here masq")]
    [InlineData("external > 172.30.0.41:81", "reject")]
    public Task ExternalTrafficPolicyCluster_EachWayIn(string flow, string verdict) => CheckAsync(flow, verdict, Balanced());

    [Theory]
    [InlineData("pod > 172.30.0.41:80", "away here")]
    [InlineData("pod > 192.168.99.11:80", "away here")]
    [InlineData("external > 192.168.99.11:80", "here")]
    [InlineData("pod > 1.2.3.4:80", "away here")]
    [InlineData("external > 1.2.3.4:80", "here")]
    [InlineData("node > 1.2.3.4:80", "away here masq")]
    [InlineData("pod > 192.168.0.2:3001", "away here")]
    [InlineData("external > 192.168.0.2:3001", "here")]
    [InlineData("node > 192.168.0.2:3001", "away here masq")]
    public Task ExternalTrafficPolicyLocal_EachWayIn(string flow, string verdict) =>
        CheckAsync(flow, verdict, Balanced(s => s.Spec.ExternalTrafficPolicy = "Local"));

    [Theory]
    [InlineData("external > 1.2.3.4:80", "drop")]
    [InlineData("external > 192.168.0.2:3001", "drop")]
    [InlineData("pod > 1.2.3.4:80", "away")]
    [InlineData("node > 192.168.0.2:3001", "away masq")]
    public Task ExternalTrafficPolicyLocal_NobodyHere(string flow, string verdict) =>
        CheckAsync(flow, verdict, Balanced(s => s.Spec.ExternalTrafficPolicy = "Local"), endpoints: [Away()]);

    [Theory]
    [InlineData("external > 1.2.3.4:80", "away here masq")]
    [InlineData("blocked > 1.2.3.4:80", "drop")]
    [InlineData("pod > 1.2.3.4:80", "drop")]
    [InlineData("node > 1.2.3.4:80", "away here masq")]
    [InlineData("other-node > 1.2.3.4:80", "drop")]
    [InlineData("blocked > 192.168.0.2:3001", "away here masq")]
    [InlineData("blocked > 192.168.99.11:80", "away here masq")]
    [InlineData("pod > 172.30.0.41:80", "away here")]
    public Task LoadBalancerSourceRanges_GuardTheBalancersAddressAlone(string flow, string verdict) =>
        CheckAsync(flow, verdict, Balanced(s => s.Spec.LoadBalancerSourceRanges = ["192.168.0.2/32", "203.0.113.0/25"]));

    [Theory]
    [InlineData("pod > 172.30.0.41:80", "reject")]
    [InlineData("external > 172.30.0.41:80", "reject")]
    [InlineData("external > 192.168.99.11:80", "reject")]
    [InlineData("external > 1.2.3.4:80", "reject")]
    [InlineData("external > 192.168.0.2:3001", "reject")]
    [InlineData("node > 192.168.0.2:3001", "reject")]
    public Task NoEndpoints_AreRefused(string flow, string verdict) => CheckAsync(flow, verdict, Balanced(), endpoints: []);

    [Theory]
    [InlineData(null, "here", "away here")]
    [InlineData("Cluster", "here", "away here")]
    [InlineData("Local", "here", "here")]
    [InlineData("Local", "elsewhere", "drop")]
    public Task InternalTrafficPolicy_ChoosesEndpoints(string? policy, string node, string verdict) =>
        CheckAsync("pod > 172.30.0.41:80", verdict, Balanced(s => s.Spec.InternalTrafficPolicy = policy), endpoints: [Away(), Endpoint("10.180.2.1", node)]);

    [Theory]
    [InlineData("pod > 172.30.0.41:80", "away here masq")]
    [InlineData("external > 172.30.0.41:80", "away here masq")]
    public Task MasqueradeAll_MasksPodsToo(string flow, string verdict) => CheckAsync(flow, verdict, Balanced(), Options with { MasqueradeAll = true });

    [Theory]
    [InlineData("external > 192.168.0.2:3001", "away here masq", "192.168.0.0/24")]
    [InlineData("external > 192.168.0.2:3001", "pass", "192.168.1.0/24")]
    [InlineData("localhost > 127.0.0.1:3001", "pass", "127.0.0.0/8")]
    public Task NodePortAddresses_ChooseWhereNodePortsAnswer(string flow, string verdict, string range) =>
        CheckAsync(flow, verdict, Balanced(), Options with { NodePortAddresses = [IPNetwork.Parse(range)] });

    /// <summary>Upstream: TestTerminatingEndpoints and its kin; T serves while it terminates, D has stopped serving.</summary>
    [Theory]
    [InlineData("Cluster", "RRTT", "pod", "1 2")]
    [InlineData("Cluster", "RRTT", "external", "1 2 masq")]
    [InlineData("Cluster", "TTTD", "pod", "1 2 3")]
    [InlineData("Cluster", "TTTD", "external", "1 2 3 masq")]
    [InlineData("Cluster", "DDDD", "pod", "reject")]
    [InlineData("Local", "RRTT", "external", "1 2")]
    [InlineData("Local", "TTRR", "external", "1 2")]
    [InlineData("Local", "TTRR", "pod", "3 4")]
    [InlineData("Local", "DDRR", "external", "drop")]
    [InlineData("Local", "TDDD", "external", "1")]
    [InlineData("Local", "DDDD", "external", "reject")]
    public Task TerminatingEndpoints_ServeWhereNoneIsReady(string policy, string endpoints, string from, string verdict) => CheckAsync(
        from == "pod" ? "pod > 172.30.0.41:80" : "external > 1.2.3.4:80",
        verdict,
        Balanced(s => s.Spec.ExternalTrafficPolicy = policy),
        endpoints: [.. endpoints.Select((state, i) => Endpoint($"10.0.9.{i + 1}", i < 2 ? "here" : "elsewhere", state))]);

    [Fact]
    public async Task Hairpin_OfAnEndpointHere_IsMasked()
    {
        await WriteAsync(Balanced(), Options, [Here(), Away()]);
        Assert.Equal(["10.180.2.1 . 10.180.2.1"], Table.Maps["hairpin-pods"].Keys);
    }

    [Fact]
    public async Task Invalid_OfPods_IsDroppedUnlessTheKernelIsToBeLiberal()
    {
        await WriteAsync(Balanced(), Options, [Here()]);
        Assert.Equal(["ip saddr { 10.0.0.0/8 } meta l4proto tcp ct state invalid drop"], Table.Chains["filter-invalid"]);
        await WriteAsync(Balanced(), Options with { DropInvalid = false }, [Here()]);
        Assert.DoesNotContain("filter-invalid", Table.Chains.Keys);
    }

    /// <summary>The ranges of Services are this family's and another's.</summary>
    [Theory]
    [InlineData("pod > 172.30.0.99:80", "drop")]
    [InlineData("external > 172.30.0.99:80", "drop")]
    [InlineData("node > 172.30.0.99:80", "drop")]
    [InlineData("pod > 172.30.0.41:81", "reject")]
    [InlineData("pod > 172.30.0.41:80", "away here")]
    [InlineData("pod > 172.31.0.99:80", "pass")]
    public Task AddressOfNoService_IsDropped(string flow, string verdict) =>
        CheckAsync(flow, verdict, Balanced(), Options with { ServiceCidrs = [IPNetwork.Parse("172.30.0.0/16"), IPNetwork.Parse("fd00:30::/112")] });

    private static Endpoint Here() => Endpoint("10.180.2.1", "here");

    private static Endpoint Away() => Endpoint("10.180.0.1", "elsewhere");

    private static Endpoint Endpoint(string address, string node, char state = 'R') => new()
    {
        Addresses = [address],
        NodeName = node,
        Conditions = new() { Ready = state == 'R', Serving = state != 'D', Terminating = state != 'R' },
    };

    private static Service Balanced(Action<Service>? change = null) => Objects.Service("svc1", ClusterIP, change: s =>
    {
        s.Spec.Type = "LoadBalancer";
        s.Spec.ExternalIPs = [ExternalIP];
        s.Spec.Ports![0].NodePort = 3001;
        s.Status = new() { LoadBalancer = new() { Ingress = [new() { Ip = BalancerIP }] } };
        change?.Invoke(s);
    });

    private FakeTable Table => _nftables.Tables[$"ip {Names.Table}"];

    private async Task CheckAsync(string flow, string verdict, Service service, CompileOptions? options = null, Endpoint[]? endpoints = null)
    {
        options ??= Options;
        await WriteAsync(service, options, endpoints ?? [Here(), Away()]);
        string[] parts = flow.Split(" > ");
        var destination = IPEndPoint.Parse(parts[1]);
        var packet = new Packet(IPAddress.Parse(Senders[parts[0]]), destination.Address, Protocol.Tcp, destination.Port) { FromNode = parts[0] is "node" or "localhost" };
        Assert.Equal(verdict, Text(new PacketEvaluator(Table, options.NodeAddresses).Evaluate(packet)));
    }

    private async Task WriteAsync(Service service, CompileOptions options, Endpoint[] endpoints)
    {
        var port = Assert.Single(ServiceViews.Of(service, IPFamily.V4));
        var views = EndpointViews.Of(port, [Objects.SliceOf("svc1", 80, "TCP", endpoints)], options.NodeName);
        var rules = new ServiceCompiler(options).Compile(port.Service, [(port, views)]);
        var text = new StringBuilder();
        var skeleton = new Skeleton(new RuleTexts(options), "1");
        skeleton.Write(text, IPFamily.V4);
        skeleton.WriteRefusal(text, IPFamily.V4);
        NftWriter.Write(text, Ruleset.Empty(options).Apply([rules]).Diff, Names.Table);
        await _nftables.ApplyAsync(text.ToString(), default);
    }

    private static string Text(PacketVerdict verdict) => verdict.Kind != "dnat"
        ? verdict.Kind
        : string.Join(' ', verdict.Targets.Split(' ').Select(Name)) + (verdict.Masquerade ? " masq" : "");

    private static string Name(string target) => target switch
    {
        "10.180.0.1:80" => "away",
        "10.180.2.1:80" => "here",
        _ => target["10.0.9.".Length..].Split(':')[0],
    };
}

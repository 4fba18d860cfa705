using System.Net;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Conntrack;
using Sampan.Proxy.Model;
using Sampan.Proxy.Sync;
using Sampan.Testing.Fakes;

namespace Sampan.Proxy.Tests.Conntrack;

/// <summary>The cases of upstream's tests of its conntrack clean-up (pkg/proxy/conntrack/cleanup_test.go), from API objects to flows.</summary>
public sealed class StaleFlowsTests
{
    private const string ClusterIP = "10.96.0.53", Node = "192.168.1.10";
    private static readonly CompileOptions Options = new() { NodeName = "a", Families = [IPFamily.V4] };

    /// <summary>S serves and is ready, T serves while it terminates, D has stopped; an endpoint is at 10.244.0.1, .2, …</summary>
    [Theory]
    [InlineData("S", ClusterIP, 53, "10.244.0.1:8053", false)]
    [InlineData("S", ClusterIP, 53, "10.244.0.9:8053", true)]
    [InlineData("S", ClusterIP, 53, "10.244.0.1:9999", true)]
    [InlineData("S", ClusterIP, 53, ClusterIP + ":53", true)]
    [InlineData("ST", ClusterIP, 53, "10.244.0.2:8053", false)]
    [InlineData("SD", ClusterIP, 53, "10.244.0.2:8053", true)]
    [InlineData("D", ClusterIP, 53, "10.244.0.1:8053", false)]
    [InlineData("", ClusterIP, 53, "10.244.0.1:8053", false)]
    [InlineData("S", ClusterIP, 54, "10.244.0.9:8053", false)]
    [InlineData("S", "203.0.113.5", 53, "10.244.0.9:8053", true)]
    [InlineData("S", "198.51.100.5", 53, "10.244.0.9:8053", true)]
    [InlineData("S", Node, 30053, "10.244.0.9:8053", true)]
    [InlineData("S", Node, 30053, "10.244.0.1:8053", false)]
    [InlineData("S", "192.0.2.99", 30053, "192.0.2.99:30053", false)]
    public void IsStale_FlowToAService_WhenNobodyWhoServesAnswers(string endpoints, string destination, int port, string answers, bool stale) =>
        Assert.Equal(stale, IsStale(Rules(endpoints), destination, port, answers));

    [Fact]
    public void IsStale_PolicyOrHintsExcludeTheEndpoint_TheFlowStays()
    {
        var service = Service();
        service.Spec.InternalTrafficPolicy = "Local";
        var slice = Objects.SliceOf("dns", 8053, "UDP", Objects.Endpoint("10.244.0.1", node: "a"), Objects.Endpoint("10.244.1.1", node: "b"));
        var rules = ServiceSource.Compile(service, [slice], Options);
        Assert.Single(rules.Frontends[0].Endpoints);
        Assert.False(IsStale(rules, ClusterIP, 53, "10.244.1.1:8053"));
    }

    [Fact]
    public void IsStale_ServiceDeleted_AllAre()
    {
        var frontends = Rules("S").Frontends.ToDictionary(r => r.Frontend, _ => (FrontendRule?)null);
        Assert.True(StaleFlows.IsStale(Flow(ClusterIP, 53, "10.244.0.1:8053"), frontends));
    }

    private static bool IsStale(ServiceRules rules, string destination, int port, string answers) =>
        StaleFlows.IsStale(Flow(destination, port, answers), rules.Frontends.ToDictionary(r => r.Frontend, r => (FrontendRule?)r));

    private static Flow Flow(string destination, int port, string answers)
    {
        var reply = IPEndPoint.Parse(answers);
        return new Flow(IPAddress.Parse(destination), port, reply.Address, reply.Port, [], null);
    }

    private static ServiceRules Rules(string endpoints) => ServiceSource.Compile(Service(), [Slice(endpoints)], Options);

    private static Api.Core.V1.Service Service() => Objects.Service("dns", ClusterIP, 53, "UDP", s =>
    {
        s.Spec.Type = "LoadBalancer";
        s.Spec.ExternalIPs = ["203.0.113.5"];
        s.Spec.Ports![0].NodePort = 30053;
        s.Status = new() { LoadBalancer = new() { Ingress = [new() { Ip = "198.51.100.5" }] } };
    });

    private static Api.Discovery.V1.EndpointSlice Slice(string states) => Objects.SliceOf("dns", 8053, "UDP", [.. states.Select((state, i) => new Api.Discovery.V1.Endpoint
    {
        Addresses = [$"10.244.0.{i + 1}"], Conditions = new() { Ready = state == 'S', Serving = state != 'D', Terminating = state != 'S' },
    })]);
}

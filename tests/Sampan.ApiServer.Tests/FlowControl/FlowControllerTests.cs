using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry.FlowControl;
using Sampan.Client.Metrics;
using Sampan.Tests;

namespace Sampan.ApiServer.Tests.FlowControl;

public sealed class FlowControllerTests : IDisposable
{
    private readonly FakeObjectSource _objects = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _metrics = new();
    private readonly FlowController _control;

    public FlowControllerTests() => _control = new FlowController(_objects, 600, new FlowMetrics(_metrics), _time);

    public void Dispose() => _control.Dispose();

    [Theory]
    [InlineData("admin", "system:masters", "list", "", "pods", "exempt", "exempt")]
    [InlineData("system:node:a", "system:nodes", "update", "coordination.k8s.io", "leases", "system-node-high", "node-high")]
    [InlineData("system:node:a", "system:nodes", "list", "", "pods", "system-nodes", "system")]
    [InlineData("system:kube-scheduler", "", "update", "coordination.k8s.io", "leases", "system-leader-election", "leader-election")]
    [InlineData("system:kube-scheduler", "", "list", "", "pods", "kube-scheduler", "workload-high")]
    [InlineData("system:kube-controller-manager", "", "list", "", "pods", "kube-controller-manager", "workload-high")]
    [InlineData("system:serviceaccount:kube-system:job-controller", "", "list", "", "pods", "kube-system-service-accounts", "workload-high")]
    [InlineData("system:serviceaccount:default:robot", "system:serviceaccounts", "list", "", "pods", "service-accounts", "workload-low")]
    [InlineData("jane", "", "list", "", "pods", "global-default", "global-default")]
    public void Match_DefaultSchemas_AreUpstreams(string user, string group, string verb, string apiGroup, string resource, string schema, string level)
    {
        StoreDefaults();
        string[] groups = group.Length == 0 ? ["system:authenticated"] : [group, "system:authenticated"];
        var request = new RequestInfo { IsResourceRequest = true, Verb = verb, ApiGroup = apiGroup, Resource = resource, Namespace = "kube-system" };
        var flow = _control.Table.Match(new UserInfo(user, groups), request);
        Assert.Equal((schema, level), (flow.Name, flow.Level.Name));
    }

    [Fact]
    public void Match_ProbeByAnonymous_IsExempt()
    {
        StoreDefaults();
        var flow = _control.Table.Match(UserInfo.Anonymous, new RequestInfo { Verb = "get", Path = "/livez" });
        Assert.Equal("probes", flow.Name);
    }

    [Fact]
    public void Match_NothingStored_FallsToTheCatchAll() =>
        Assert.Equal("catch-all", _control.Table.Match(new UserInfo("jane", ["system:authenticated"]), new RequestInfo { Verb = "get", Path = "/version" }).Name);

    [Fact]
    public void Change_SchemaWithoutItsLevel_IsLeftOutUntilTheLevelComes()
    {
        var schema = BootstrapFlowSchemas.Suggested.First(one => one.Metadata.Name == "global-default");
        _objects.Set(schema);
        Assert.Equal("catch-all", Jane().Name);
        _objects.Set(BootstrapPriorityLevels.Suggested.First(one => one.Metadata.Name == "global-default"));
        Assert.Equal("global-default", Jane().Name);
        _objects.Remove<FlowSchema>("", "global-default");
        Assert.Equal("catch-all", Jane().Name);
    }

    [Fact]
    public void Borrow_DemandAboveTheShare_RaisesTheSeats()
    {
        StoreDefaults();
        var level = Jane().Level;
        int nominal = level.Limits.Nominal;
        for (int i = 0; i < nominal + 30; i++) _ = level.TryEnter((ulong)i, 1, out _);
        Assert.Equal(nominal, level.Executing);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(nominal + 30, level.Executing);
        var text = _metrics.Render();
        Assert.Contains($"apiserver_flowcontrol_current_limit_seats{{priority_level=\"global-default\"}} {level.Seats}", text, StringComparison.Ordinal);
        Assert.Contains($"apiserver_flowcontrol_demand_seats_high_watermark{{priority_level=\"global-default\"}} {nominal + 30}\n", text, StringComparison.Ordinal);
        Assert.Contains($"apiserver_flowcontrol_demand_seats_average{{priority_level=\"global-default\"}} {nominal + 30}\n", text, StringComparison.Ordinal);
        Assert.Contains($"apiserver_flowcontrol_target_seats{{priority_level=\"global-default\"}} {nominal + 30}\n", text, StringComparison.Ordinal);
    }

    private Flow Jane() => _control.Table.Match(
        new UserInfo("jane", ["system:authenticated"]), new RequestInfo { IsResourceRequest = true, Verb = "get", Resource = "pods", Namespace = "a" });

    private void StoreDefaults()
    {
        foreach (var level in BootstrapPriorityLevels.Suggested) _objects.Set(level);
        foreach (var schema in BootstrapFlowSchemas.Suggested) _objects.Set(schema);
    }
}

using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

/// <summary>What the provider is asked for a Service, when, and what the Service's users are told.</summary>
public sealed class ServiceControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly FakeCloud _cloud = new();

    private FakeApi Api => _harness.Api;

    private Service? Web => Api.Find<Service>("default", "web");

    private string Calls => string.Join(", ", _cloud.Calls);

    [Fact]
    public async Task Reconcile_NewService_IsMarkedBalancedAndToldOf()
    {
        PutNode("n1");
        await StartAsync();
        Assert.Equal("ensure web", Calls);
        Assert.Equal([ServiceController.Finalizer], Web!.Metadata.Finalizers);
        Assert.Equal("web.example.com", Web.Status.LoadBalancer.Ingress!.Single().Hostname);
        Assert.Equal("n1", _cloud.Balancers.Values.Single());
        await ToldAsync("EnsuringLoadBalancer", "Ensuring load balancer");
        await ToldAsync("EnsuredLoadBalancer", "Ensured load balancer");
    }

    [Theory]
    [InlineData("its labels", false)]
    [InlineData("its selector", false)]
    [InlineData("its ports", true)]
    [InlineData("its node port", true)]
    [InlineData("its source ranges", true)]
    [InlineData("its affinity", true)]
    [InlineData("its affinity's time", true)]
    [InlineData("its wanted address", true)]
    [InlineData("its external addresses", true)]
    [InlineData("its annotations", true)]
    [InlineData("its policy", true)]
    [InlineData("its health port", true)]
    [InlineData("its families", true)]
    public async Task Reconcile_ServiceChanges_ProviderIsAskedWhereItMatters(string what, bool asked)
    {
        PutNode("n1");
        await StartAsync();
        Change(what);
        if (asked) await _harness.AdvanceUntilAsync(() => Calls == "ensure web, ensure web", "asked again", TimeSpan.FromSeconds(1));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(asked ? "ensure web, ensure web" : "ensure web", Calls);
    }

    [Theory]
    [InlineData("no longer of its type")]
    [InlineData("deleted")]
    public async Task Reconcile_ServiceGoes_BalancerIsGivenBack(string what)
    {
        await StartAsync();
        Change(what);
        await _harness.AdvanceUntilAsync(() => Web?.Metadata.Finalizers is not { Count: > 0 }, "released", TimeSpan.FromSeconds(1));
        Assert.Matches("^ensure web, balancer web, delete web(, balancer web)*$", Calls); // A cache that lags may have it look once more.
        Assert.Empty(_cloud.Balancers);
        Assert.Null(Web?.Status.LoadBalancer.Ingress);
        await ToldAsync("DeletingLoadBalancer", "Deleting load balancer");
        await ToldAsync("DeletedLoadBalancer", "Deleted load balancer");
    }

    [Fact]
    public async Task Reconcile_ServiceGoesWithoutItsFinalizer_BalancerIsGivenBackToo()
    {
        await StartAsync();
        Api.Remove<Service>("default", "web");
        await _harness.AdvanceUntilAsync(() => _cloud.Balancers.IsEmpty, "given back");
        Assert.Equal("ensure web, delete web", Calls);
    }

    [Fact]
    public async Task Reconcile_ServiceComesAgainUnderItsName_GetsABalancerOfItsOwn()
    {
        await StartAsync();
        Api.HoldWatches();
        Api.Remove<Service>("default", "web");
        PutService();
        Api.ReleaseWatches();
        await _harness.AdvanceUntilAsync(() => _cloud.Balancers.Keys.SequenceEqual([Web!.Metadata.Uid]), "its own", TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("ensure", "Error syncing load balancer: failed to ensure load balancer: no quota")]
    [InlineData("delete", "Error syncing load balancer: failed to delete load balancer: no quota")]
    [InlineData("balancer", "Error syncing load balancer: failed to check if load balancer exists before cleanup: no quota")]
    public async Task Reconcile_ProviderFails_IsToldAndAskedAgainLater(string call, string message)
    {
        if (call == "ensure") _cloud.Refused[call] = "no quota";
        await StartAsync(settled: call != "ensure");
        if (call != "ensure")
        {
            _cloud.Refused[call] = "no quota";
            Change("deleted");
        }

        await ToldAsync("SyncLoadBalancerFailed", message);
        Assert.NotNull(Web);
        var began = _harness.Time.GetUtcNow();
        await _harness.AdvanceUntilAsync(() => _cloud.Calls.Count(c => c == $"{call} web") >= 3, "asked twice more", TimeSpan.FromSeconds(1));
        Assert.True(_harness.Time.GetUtcNow() - began >= TimeSpan.FromSeconds(12), "after 5 and after 10 seconds more");
        _cloud.Refused.Clear();
        await _harness.AdvanceUntilAsync(() => call == "ensure" ? Web!.Status.LoadBalancer.Ingress is not null : Web is null, "done at last", TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("a node comes", "n1 n2", true)]
    [InlineData("a node goes", "", true)]
    [InlineData("a node is excluded", "", true)]
    [InlineData("a node is not excluded", "n1", false)]
    [InlineData("a node gets its id", "n1", true)]
    [InlineData("a node is not ready", "n1", false)]
    [InlineData("a node goes soon", "n1", false)]
    public async Task Reconcile_NodesChange_BalancersLearnWhatTheyMust(string what, string nodes, bool told)
    {
        PutNode("n1");
        await StartAsync();
        switch (what)
        {
            case "a node comes": PutNode("n2"); break;
            case "a node goes": Api.Remove<Node>(null, "n1"); break;
            case "a node is excluded": PutNode("n1", n => n.Metadata.Labels = new() { ["node.kubernetes.io/exclude-from-external-load-balancers"] = "" }); break;
            case "a node is not excluded": PutNode("n1", n => n.Metadata.Labels = new() { ["node.kubernetes.io/exclude-from-external-load-balancers"] = "false" }); break;
            case "a node gets its id": PutNode("n1", n => n.Spec.ProviderID = "fake://n1"); break;
            case "a node is not ready": PutNode("n1", n => n.Status.Conditions![0].Status = "False"); break;
            default: PutNode("n1", n => n.Spec.Taints = [new() { Key = "ToBeDeletedByClusterAutoscaler", Effect = "NoSchedule" }]); break;
        }

        if (told) await _harness.AdvanceUntilAsync(() => Calls == "ensure web, update web" && _cloud.Balancers.Values.Single() == nodes, "told");
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(told ? "ensure web, update web" : "ensure web", Calls);
        Assert.Equal(nodes, _cloud.Balancers.Values.Single());
        if (nodes.Length == 0) await ToldAsync("UnAvailableLoadBalancer", "There are no available nodes for LoadBalancer");
        else if (told) await ToldAsync("UpdatedLoadBalancer", "Updated load balancer with new hosts");
    }

    [Fact]
    public async Task Reconcile_ANodeThatGoesSoon_IsLeftOutAtTheNextChange()
    {
        PutNode("n1", n => n.Spec.Taints = [new() { Key = "ToBeDeletedByClusterAutoscaler", Effect = "NoSchedule" }]);
        PutNode("n2");
        await StartAsync();
        Assert.Equal("n2", _cloud.Balancers.Values.Single());
    }

    [Fact]
    public async Task Reconcile_NodesCannotBeChanged_IsToldAndEnsuredLater()
    {
        PutNode("n1");
        await StartAsync();
        _cloud.Refused["update"] = "not now";
        PutNode("n2");
        await ToldAsync("UpdateLoadBalancerFailed", "Error updating load balancer with new hosts [n1 n2] [node names limited, total number of nodes: 2], error: not now");
        await _harness.AdvanceUntilAsync(
            () => Calls == "ensure web, update web, balancer web, ensure web" && _cloud.Balancers.Values.Single() == "n1 n2", "ensured", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_ServiceWithAClass_IsSomebodyElses()
    {
        await StartAsync(s => s.Spec.LoadBalancerClass = "example.com/other", settled: false);
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(_cloud.Calls);
        Assert.Null(Web!.Metadata.Finalizers);
    }

    [Fact]
    public async Task Reconcile_AfterARestart_WhatIsThereIsEnsuredAndWhatGoesIsFinished()
    {
        PutService(s => (s.Metadata.Name, s.Metadata.Finalizers, s.Metadata.DeletionTimestamp) = ("going", [ServiceController.Finalizer], _harness.Time.GetUtcNow()));
        PutService(s => (s.Metadata.Name, s.Metadata.Finalizers, s.Spec.Type) = ("changed", [ServiceController.Finalizer], "ClusterIP"));
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Api.Find<Service>("default", "going") is null && Api.Find<Service>("default", "changed")!.Metadata.Finalizers is not { Count: > 0 }, "finished");
        Assert.Single(_cloud.Balancers);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task StartAsync(Action<Service>? change = null, bool settled = true)
    {
        PutService(change);
        await _harness.StartAsync(c => new ServiceController(c, _cloud));
        if (settled) await _harness.AdvanceUntilAsync(() => Web!.Status.LoadBalancer.Ingress is not null, "balanced");
    }

    private Task ToldAsync(string reason, string message) =>
        _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == reason && e.Message == message && e.InvolvedObject.Name == "web"), message);

    private void PutService(Action<Service>? change = null)
    {
        var service = new Service { Metadata = new() { Namespace = "default", Name = "web" }, Spec = new() { Type = "LoadBalancer", Ports = [new() { Port = 80 }] } };
        change?.Invoke(service);
        Api.Put(service);
    }

    private void PutNode(string name, Action<Node>? change = null)
    {
        var node = new Node { Metadata = new() { Name = name }, Status = new() { Conditions = [new() { Type = "Ready", Status = "True" }] } };
        change?.Invoke(node);
        Api.Put(node);
    }

    private void Change(string what)
    {
        var web = Web!.DeepClone();
        var spec = web.Spec;
        switch (what)
        {
            case "its labels": web.Metadata.Labels = new() { ["a"] = "b" }; break;
            case "its selector": spec.Selector = new() { ["a"] = "b" }; break;
            case "its ports": spec.Ports!.Add(new() { Name = "b", Port = 81 }); break;
            case "its node port": spec.Ports![0].NodePort = 30000; break;
            case "its source ranges": spec.LoadBalancerSourceRanges = ["203.0.113.0/24"]; break;
            case "its affinity": spec.SessionAffinity = "ClientIP"; break;
            case "its affinity's time": spec.SessionAffinityConfig = new() { ClientIP = new() { TimeoutSeconds = 60 } }; break;
            case "its wanted address": spec.LoadBalancerIP = "198.51.100.1"; break;
            case "its external addresses": spec.ExternalIPs = ["198.51.100.1"]; break;
            case "its annotations": web.Metadata.Annotations = new() { ["a"] = "b" }; break;
            case "its policy": spec.ExternalTrafficPolicy = "Local"; break;
            case "its health port": spec.HealthCheckNodePort = 30001; break;
            case "its families": spec.IpFamilies = ["IPv4", "IPv6"]; break;
            case "no longer of its type": spec.Type = "ClusterIP"; break;
            default: web.Metadata.DeletionTimestamp = _harness.Time.GetUtcNow(); break;
        }

        Api.Put(web);
    }
}

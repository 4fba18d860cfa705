using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Networking.V1;
using Sampan.ControllerManager.GarbageCollection;
using Sampan.ControllerManager.Jobs;
using Sampan.ControllerManager.NodeIpam;
using Sampan.ControllerManager.ResourceQuotas;
using Sampan.ControllerManager.ServiceCidrs;

namespace Sampan.ControllerManager.Tests;

/// <summary>An object that does not get on says so as an event, whatever the controller.</summary>
public sealed class FailureEventTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Theory]
    [InlineData("Job")]
    [InlineData("Node")]
    [InlineData("ResourceQuota")]
    [InlineData("ServiceCIDR")]
    [InlineData("ConfigMap")]
    public async Task Reconcile_WritesRefusedAgainAndAgain_TellsTheUsersOfTheObject(string kind)
    {
        Api.Refuse = r => r.Verb is ApiVerbs.Update or ApiVerbs.Patch or ApiVerbs.Delete && r.Resource.Resource != "events"
            ? StatusException.Forbidden(r.Resource.GroupResource, r.Name ?? "", "not today") : null;
        await _harness.StartAsync(Prepare(kind));
        await _harness.AdvanceUntilAsync(
            () => Api.List<Event>().Exists(e => e is { Type: "Warning", Reason: "FailedReconcile" } && e.InvolvedObject.Kind == kind
                && e.InvolvedObject.Name == "it" && e.Message!.EndsWith("not today", StringComparison.Ordinal)),
            $"an event on the {kind}",
            TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Func<ControllerContext, IComponent> Prepare(string kind)
    {
        switch (kind)
        {
            case "Job":
                Api.Put(new Job { Metadata = Meta("default"), Spec = new() { Suspend = true, Selector = new() { MatchLabels = Workloads.App() }, Template = Workloads.Template("one") } });
                return c => new JobController(c);
            case "Node":
                Api.Put(new Node { Metadata = Meta("") });
                return c => new NodeIpamController(c, new CidrPool("10.244.0.0/16", 24));
            case "ResourceQuota":
                Api.Put(new ResourceQuota { Metadata = Meta("default"), Spec = new() { Hard = new() { ["pods"] = new Quantity(1) } } });
                return c => new ResourceQuotaController(c);
            case "ServiceCIDR":
                Api.Put(new ServiceCIDR { Metadata = Meta(""), Spec = new() { Cidrs = ["10.96.0.0/16"] } });
                return c => new ServiceCidrController(c);
            default:
                var orphan = Meta("default");
                orphan.OwnerReferences = [new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "gone", Uid = "gone" }];
                Api.Put(new ConfigMap { Metadata = orphan });
                return c => new GarbageCollector(c);
        }
    }

    private static ObjectMeta Meta(string ns) => new() { Namespace = ns, Name = "it" };
}

using Sampan.Api.Core.V1;
using Sampan.ControllerManager.EphemeralVolumes;

namespace Sampan.ControllerManager.Tests.EphemeralVolumes;

public sealed class EphemeralVolumeControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Reconcile_PodWithAVolume_MakesItsClaim()
    {
        var pod = Api.Put(Pod());
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<PersistentVolumeClaim>().Count == 1, "the claim");
        var claim = Api.Find<PersistentVolumeClaim>("default", "web-scratch")!;
        Assert.Equal("fast", claim.Spec.StorageClassName);
        Assert.Equal(("yes", "too"), (claim.Metadata.Labels!["mine"], claim.Metadata.Annotations!["noted"]));
        var owner = Assert.Single(claim.Metadata.OwnerReferences!);
        Assert.Equal(("v1", "Pod", "web", pod.Metadata.Uid, true, true), (owner.ApiVersion, owner.Kind, owner.Name, owner.Uid, owner.Controller, owner.BlockOwnerDeletion));
        Assert.Equal((1, 0), Counted());
    }

    [Theory]
    [InlineData("being deleted")]
    [InlineData("finished")]
    [InlineData("without such a volume")]
    [InlineData("gone")]
    public async Task Reconcile_PodNeedsNone_MakesNone(string what)
    {
        var pod = Pod();
        if (what == "being deleted") (pod.Metadata.DeletionTimestamp, pod.Metadata.Finalizers) = (_harness.Time.GetUtcNow(), ["test/hold"]);
        if (what == "finished") pod.Status.Phase = "Succeeded";
        if (what == "without such a volume") pod.Spec.Volumes = [new() { Name = "scratch", EmptyDir = new() }];
        if (what != "gone") Api.Put(pod);
        await StartAsync();
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(Api.List<PersistentVolumeClaim>());
        Assert.Equal((0, 0), Counted());
    }

    [Theory]
    [InlineData("another claim", true)]
    [InlineData("its own claim already", false)]
    [InlineData("somebody else's claim of that name", false)]
    public async Task Reconcile_ThereIsAClaim_MakesOneOnlyWhereItsOwnIsMissing(string what, bool made)
    {
        var pod = Api.Put(Pod());
        var known = new PersistentVolumeClaim { Metadata = new() { Namespace = "default", Name = what == "another claim" ? "other" : "web-scratch" } };
        if (what.StartsWith("its", StringComparison.Ordinal)) known.Metadata.OwnerReferences = [Common.OwnerReferences.ControllerRef(pod)];
        Api.Put(known);
        await StartAsync();
        if (made) await _harness.UntilAsync(() => Api.List<PersistentVolumeClaim>().Count == 2, "the claim");
        if (what.StartsWith("somebody", StringComparison.Ordinal))
            await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "FailedBinding", Type: "Warning", Message: "ephemeral volume scratch: PVC default/web-scratch was not created for pod default/web (pod is not owner)" }), "the event");
        await _harness.SettleAsync();
        Assert.Equal((made ? 1 : 0, 0), Counted());
    }

    [Fact]
    public async Task Reconcile_ClaimIsRefused_SaysSoAndTriesAgain()
    {
        var refuses = true;
        Api.Refuse = r => refuses && r is { Verb: ApiVerbs.Create, Resource.Resource: "persistentvolumeclaims" } ? StatusException.Forbidden(r.Resource.GroupResource, "web-scratch", "exceeded quota") : null;
        Api.Put(Pod());
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e is { Reason: "FailedBinding", Type: "Warning" } && e.Message!.Contains("exceeded quota", StringComparison.Ordinal)), "the event");
        Assert.True(Counted() is (> 0, > 0));
        refuses = false;
        await _harness.AdvanceUntilAsync(() => Api.List<PersistentVolumeClaim>().Count == 1, "the claim", TimeSpan.FromSeconds(1));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new EphemeralVolumeController(c));

    private (int Attempts, int Failures) Counted() => (Number("ephemeral_volume_controller_create_total "), Number("ephemeral_volume_controller_create_failures_total "));

    private int Number(string name) =>
        int.Parse(_harness.Context.Metrics.Render().Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], System.Globalization.CultureInfo.InvariantCulture);

    private static Pod Pod()
    {
        var pod = Workloads.Pod("web");
        pod.Status.Phase = "Pending";
        pod.Spec.Volumes =
        [
            new()
            {
                Name = "scratch",
                Ephemeral = new() { VolumeClaimTemplate = new() { Metadata = new() { Labels = new() { ["mine"] = "yes" }, Annotations = new() { ["noted"] = "too" } }, Spec = new() { StorageClassName = "fast" } } },
            },
        ];
        return pod;
    }
}

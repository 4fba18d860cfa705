using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.ControllerManager.ResourceClaims;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.Tests.ResourceClaims;

public sealed class ResourceClaimControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private ResourceClaim? Claim => Api.List<ResourceClaim>().SingleOrDefault();

    [Fact]
    public async Task Reconcile_PodNamesATemplate_GetsItsOwnClaimOnce()
    {
        Api.Put(PodWith("trainer"));
        await StartAsync();
        await _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == "FailedResourceClaimCreation"), "it says that the template is missing");
        Api.Put(new ResourceClaimTemplate { Metadata = new ObjectMeta { Namespace = "default", Name = "gpu" }, Spec = new() { Metadata = new() { Labels = new() { ["a"] = "b" } } } });
        await _harness.UntilAsync(() => Api.Find<Pod>("default", "trainer")!.Status.ResourceClaimStatuses is { Count: 1 }, "the pod knows its claim");
        Assert.Equal((Claim!.Metadata.Name, "device"), (Api.Find<Pod>("default", "trainer")!.Status.ResourceClaimStatuses![0].ResourceClaimName, Claim.Metadata.Annotations!["resource.kubernetes.io/pod-claim-name"]));
        Assert.StartsWith("trainer-device-", Claim.Metadata.Name, StringComparison.Ordinal);
        Assert.Equal("b", Claim.Metadata.Labels!["a"]);
    }

    /// <summary>The API server's refusal is told as it was, and a lost connection counts as one.</summary>
    [Theory]
    [InlineData(true, "exceeded quota")]
    [InlineData(false, "lost")]
    public async Task Reconcile_ClaimIsRefused_SaysWhyAndCountsIt(bool isRefusal, string message)
    {
        var refuses = true;
        Api.Refuse = request => refuses && request.Verb == ApiVerbs.Create && request.Resource.Resource == "resourceclaims"
            ? isRefusal ? StatusException.Forbidden(request.Resource.GroupResource, "", message) : new ApiConnectionException(message)
            : null;
        Api.Put(new ResourceClaimTemplate { Metadata = new ObjectMeta { Namespace = "default", Name = "gpu" } });
        Api.Put(PodWith("trainer"));
        await StartAsync();
        await _harness.UntilAsync(
            () => Api.List<Event>().Exists(e => e.Reason == "FailedResourceClaimCreation" && e.Message!.StartsWith("PodResourceClaim device: create ResourceClaim trainer-device-: ", StringComparison.Ordinal) && e.Message.Contains(message, StringComparison.Ordinal)),
            "it says why");
        Assert.Contains("resourceclaim_controller_creates_total{status=\"failure\",admin_access=\"false\"}", _harness.Context.Metrics.Render());
        refuses = false;
        await _harness.AdvanceUntilAsync(() => Claim is not null, "the claim");
    }

    /// <summary>Both names are cut in proportion, so that each is still to be seen.</summary>
    [Fact]
    public async Task Reconcile_NamesAreLong_BothAreSeenInThatOfTheClaim()
    {
        Api.Put(new ResourceClaimTemplate { Metadata = new ObjectMeta { Namespace = "default", Name = "gpu" } });
        Api.Put(PodWith(new string('p', 100)));
        await StartAsync();
        await _harness.UntilAsync(() => Claim is not null, "the claim");
        Assert.Equal(new string('p', 52) + "-dev", Claim!.Metadata.GenerateName);
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("gone")]
    public async Task Reconcile_UserIsDone_DevicesAreGivenBack(string end)
    {
        var pod = Api.Put(PodWith("trainer", "shared"));
        PutClaim("shared", pod);
        await StartAsync();
        await _harness.SettleAsync();
        Assert.NotNull(Claim!.Status.Allocation);
        if (end == "gone") Api.Remove<Pod>("default", "trainer");
        else
        {
            var copy = pod.DeepClone();
            copy.Status.Phase = end;
            Api.Put(copy);
        }

        await _harness.UntilAsync(() => Claim is { Status: { ReservedFor: null, Allocation: null } }, "released");
        Assert.Empty(Claim!.Metadata.Finalizers.OrEmpty());
    }

    [Fact]
    public async Task Reconcile_PodOfItsOwnClaimEnds_ClaimGoesToo()
    {
        var pod = Api.Put(PodWith("trainer", "mine"));
        PutClaim("mine", pod, c => c.Metadata.OwnerReferences = [Common.OwnerReferences.ControllerRef(pod)]);
        await StartAsync();
        var copy = pod.DeepClone();
        copy.Status.Phase = "Failed";
        Api.Put(copy);
        await _harness.UntilAsync(() => Claim is null, "gone");
    }

    [Theory]
    [InlineData("one", "Running", true, true)]
    [InlineData(null, "Running", true, false)]
    [InlineData("one", "Succeeded", true, false)]
    [InlineData("one", "Running", false, false)]
    public async Task Reconcile_PodPutOnItsNodeByHand_GetsWhatIsAllocated(string? node, string phase, bool allocated, bool reserved)
    {
        var first = Api.Put(PodWith("first", "shared"));
        PutClaim("shared", first, c => c.Status.Allocation = allocated ? new() : null);
        await StartAsync();
        var second = PodWith("second", "shared");
        (second.Spec.NodeName, second.Status.Phase) = (node, phase);
        Api.Put(second);
        await _harness.UntilAsync(() => Claim!.Status.ReservedFor.OrEmpty().Any(u => u.Name == "second") == reserved, "the list of users");
        await _harness.SettleAsync();
        Assert.Equal(reserved ? "first second" : "first", string.Join(' ', Claim!.Status.ReservedFor!.Select(u => u.Name)));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task StartAsync() => _harness.StartAsync(c => new PodClaimController(c), c => new ReservedForController(c));

    private static Pod PodWith(string name, string? claim = null)
    {
        var pod = Workloads.Pod(name, node: "one");
        pod.Spec.ResourceClaims = [new PodResourceClaim { Name = "device", ResourceClaimName = claim, ResourceClaimTemplateName = claim is null ? "gpu" : null }];
        return pod;
    }

    private void PutClaim(string name, Pod user, Action<ResourceClaim>? change = null)
    {
        var claim = new ResourceClaim
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name, Finalizers = ["resource.kubernetes.io/delete-protection"] },
            Status = new ResourceClaimStatus { Allocation = new(), ReservedFor = [new() { Resource = "pods", Name = user.Metadata.Name, Uid = user.Metadata.Uid }] },
        };
        change?.Invoke(claim);
        Api.Put(claim);
    }
}

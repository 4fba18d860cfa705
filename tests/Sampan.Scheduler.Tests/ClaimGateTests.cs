using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins.Devices;
using Sampan.Scheduler.Queue;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Tests;

/// <summary>Pods whose ResourceClaims are not there are not tried.</summary>
public sealed class ClaimGateTests : IAsyncDisposable
{
    private readonly SchedulerCache _cluster = new();
    private readonly DynamicResources _plugin = new();
    private readonly ApiClient _client = new(new RequestLog());
    private readonly InformerFactory _informers;
    private readonly EventBroadcaster _events;
    private readonly IDisposable _connection;

    public ClaimGateTests()
    {
        _informers = new InformerFactory(_client, TimeProvider.System, NullLoggerFactory.Instance);
        _events = new EventBroadcaster(_client, TimeProvider.System, NullLoggerFactory.Instance);
        _connection = _plugin.Connect(new PluginContext
        {
            Client = _client,
            Informers = _informers,
            Events = _events.Recorder("test"),
            Time = TimeProvider.System,
            Log = NullLogger.Instance,
            Post = action => action(_cluster),
            Move = _ => { },
            Activate = _ => { },
            Recheck = _ => { },
            PreemptPending = (_, _) => false,
            Stopping = CancellationToken.None,
        });
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _events.DisposeAsync();
        await _informers.DisposeAsync();
        await _client.DisposeAsync();
    }

    [Fact]
    public void PreEnqueue_NoClaims_Passes() => Assert.True(_plugin.PreEnqueue(Make.Info("p")).IsSuccess);

    [Fact]
    public void PreEnqueue_ClaimNotThereThenMade_PassesThen()
    {
        var pod = User(claim => claim.ResourceClaimName = "gpus");
        Assert.Equal("resourceclaim \"gpus\" not found", Refusal(pod));
        Keep(Claim("gpus"));
        Assert.True(_plugin.PreEnqueue(pod).IsSuccess);
    }

    [Fact]
    public void PreEnqueue_ClaimOfATemplate_PassesWhenItsNameIsKnownAndItIsThere()
    {
        Assert.Equal("pod \"default/p\": ResourceClaim not created yet", Refusal(User(claim => claim.ResourceClaimTemplateName = "gpus")));
        var named = User(claim => claim.ResourceClaimTemplateName = "gpus", "p-gpus");
        Assert.Equal("resourceclaim \"p-gpus\" not found", Refusal(named));
        Keep(Claim("p-gpus", owner: "uid-p"));
        Assert.True(_plugin.PreEnqueue(named).IsSuccess);
    }

    [Fact]
    public void PreEnqueue_ClaimOfAnotherPodOrGoing_HoldsThePodBack()
    {
        Keep(Claim("gpus", owner: "uid-other"));
        Assert.Equal("ResourceClaim default/gpus was not created for pod default/p (pod is not owner)", Refusal(User(claim => claim.ResourceClaimName = "gpus")));
        Keep(Claim("going", with: claim => claim.Metadata.DeletionTimestamp = DateTimeOffset.UnixEpoch));
        Assert.Equal("resourceclaim \"going\" is being deleted", Refusal(User(claim => claim.ResourceClaimName = "going")));
    }

    [Theory]
    [InlineData("gpus", null, false, true)]
    [InlineData("other", null, false, false)]
    [InlineData("other", "uid-p", false, true)]
    [InlineData("gpus", null, true, false)]
    public void MayOpen_ChangeOfAClaim_OnlyItsOwn(string name, string? owner, bool isDeletion, bool opens)
    {
        var change = new ClusterEvent(ClusterEventKind.ResourceClaim, Object: Claim(name, owner)) { IsDeletion = isDeletion };
        Assert.Equal(opens, _plugin.MayOpen(User(claim => claim.ResourceClaimName = "gpus"), change));
    }

    private string Refusal(PodInfo pod)
    {
        var status = _plugin.PreEnqueue(pod);
        Assert.Equal(Code.UnschedulableAndUnresolvable, status.Code);
        return status.Message;
    }

    private void Keep(ResourceClaim claim) => _cluster.Objects.Of<ResourceClaim>().Set(null, claim);

    private static PodInfo User(Action<PodResourceClaim> with, string? made = null) => Make.Info("p", with: pod =>
    {
        var claim = new PodResourceClaim { Name = "gpu" };
        with(claim);
        pod.Spec.ResourceClaims = [claim];
        if (made is not null) pod.Status.ResourceClaimStatuses = [new PodResourceClaimStatus { Name = "gpu", ResourceClaimName = made }];
    });

    private static ResourceClaim Claim(string name, string? owner = null, Action<ResourceClaim>? with = null)
    {
        var claim = new ResourceClaim { Metadata = new ObjectMeta { Namespace = "default", Name = name } };
        if (owner is not null) claim.Metadata.OwnerReferences = [new OwnerReference { Kind = "Pod", Name = "p", Uid = owner, Controller = true }];
        with?.Invoke(claim);
        return claim;
    }
}

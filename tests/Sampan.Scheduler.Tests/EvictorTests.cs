using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Preemption;

namespace Sampan.Scheduler.Tests;

/// <summary>What is told to whom when a pod takes the place of others.</summary>
public sealed class EvictorTests
{
    private const string Message = "default-scheduler: preempting to accommodate a higher priority pod";

    private readonly RequestLog _server = new();
    private readonly PodInfo _preemptor = Make.Info("important");
    private string? _pending;

    [Fact]
    public async Task Evict_RunningPod_IsMarkedDeletedAndTold()
    {
        Assert.True(await EvictAsync(Make.Info("victim", node: "n", with: p => p.Metadata.Generation = 3)));

        Assert.Equal(["patch victim/status", "delete victim"], _server.Pods);
        var condition = _server.Patch("victim")["status"]!["conditions"]![0]!;
        Assert.Equal(("DisruptionTarget", "True", "PreemptionByScheduler", Message, 3), (
            (string?)condition["type"], (string?)condition["status"], (string?)condition["reason"], (string?)condition["message"], (int)condition["observedGeneration"]!));
        var told = Assert.Single(_server.Events);
        Assert.Equal(("victim", "Preempted", "Preempting", "Preempted by pod uid-important on node n", "important"), (told.InvolvedObject.Name, told.Reason, told.Action, told.Message, told.Related!.Name));
    }

    [Fact]
    public async Task Evict_MarkedAlready_IsOnlyDeleted()
    {
        var marked = Make.Info("victim", node: "n", with: p => p.Status.Conditions = [new PodCondition { Type = "DisruptionTarget", Status = "True", Reason = "PreemptionByScheduler", Message = Message }]);
        Assert.True(await EvictAsync(marked));
        Assert.Equal(["delete victim"], _server.Pods);
    }

    [Theory]
    [InlineData(ApiVerbs.Patch)]
    [InlineData(ApiVerbs.Delete)]
    public async Task Evict_PodIsGone_IsAsGoodAsDoneAndNobodyIsTold(string verb)
    {
        _server.Failing = request => request.Verb == verb ? StatusException.NotFound(new GroupResource("", "pods"), "victim") : null;
        Assert.True(await EvictAsync(Make.Info("victim", node: "n")));
        Assert.Empty(_server.Events);
    }

    [Theory]
    [InlineData(ApiVerbs.Patch)]
    [InlineData(ApiVerbs.Delete)]
    public async Task Evict_OneFails_TheLastIsSpared(string verb)
    {
        _server.Failing = request => request.Verb == verb && request.Name == "second" ? new ApiConnectionException("the server is away") : null;
        Assert.False(await EvictAsync(Make.Info("first", node: "n"), Make.Info("second", node: "n"), Make.Info("third", node: "n")));
        Assert.Contains("delete first", _server.Pods);
        Assert.DoesNotContain("patch third/status", _server.Pods);
        Assert.Equal(["first"], _server.Events.Select(e => e.InvolvedObject.Name));
    }

    [Fact]
    public async Task Evict_NotBoundYet_LosesItsPlaceOnly()
    {
        _pending = "uid-victim";
        Assert.True(await EvictAsync(Make.Info("victim", node: "n")));
        Assert.Empty(_server.Pods);
        Assert.Equal("Preempted by pod uid-important on node n (in kube-scheduler memory).", Assert.Single(_server.Events).Message);
    }

    [Fact]
    public async Task ClearNomination_OfAnother_IsTakenBack()
    {
        await using var client = new ApiClient(_server);
        await using var events = new EventBroadcaster(client, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.True(await new Evictor(Context(client, events)).ClearNominationAsync(Make.Info("displaced")));
        Assert.Equal("""{"metadata":{"uid":"uid-displaced"},"status":{"nominatedNodeName":null}}""", _server.Patch("displaced").ToJsonString());
    }

    // Events are sent one after the other: with the last one all are there.
    private async Task<bool> EvictAsync(params IReadOnlyList<PodInfo> victims)
    {
        await using var client = new ApiClient(_server);
        await using var events = new EventBroadcaster(client, TimeProvider.System, NullLoggerFactory.Instance);
        var done = await new Evictor(Context(client, events)).EvictAsync(_preemptor, "n", victims);
        events.Recorder("test").Event(_preemptor.Pod, "Normal", RequestLog.Last, "all is said");
        await _server.LastEvent.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        return done;
    }

    private PluginContext Context(ApiClient client, EventBroadcaster events) => new()
    {
        Client = client,
        Informers = new InformerFactory(client, TimeProvider.System, NullLoggerFactory.Instance),
        Events = events.Recorder("test"),
        Time = TimeProvider.System,
        Log = NullLogger.Instance,
        Post = _ => { },
        Move = _ => { },
        Activate = _ => { },
        Recheck = _ => { },
        PreemptPending = (uid, _) => uid == _pending,
        Stopping = CancellationToken.None,
    };
}

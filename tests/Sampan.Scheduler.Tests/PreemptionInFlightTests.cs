using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins;

namespace Sampan.Scheduler.Tests;

/// <summary>A pod whose victims are being told waits until they were, and what comes then.</summary>
public sealed class PreemptionInFlightTests
{
    private readonly SlowTransport _server = new();
    private readonly SchedulerCache _cluster = new();
    private readonly TaskCompletionSource<string> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PodInfo _pod = Make.Info("important", cpu: "4", with: p => p.Spec.Priority = 10);

    public PreemptionInFlightTests()
    {
        _cluster.SetNode(Make.Node("n", cpu: "4"));
        _cluster.SetPod(Make.Info("victim", cpu: "4", node: "n"));
    }

    public static TheoryData<bool, string> Ends => new() { { true, "recheck uid-important" }, { false, "activate uid-important" } };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task PreEnqueue_WhileVictimsAreTold_HoldsThePodBack(bool isDone, string then)
    {
        var profile = Profile.Default();
        var plugin = profile.PostFilter.OfType<DefaultPreemption>().Single();
        await using var client = new ApiClient(_server);
        await using var informers = new InformerFactory(client, TimeProvider.System, NullLoggerFactory.Instance);
        await using var events = new EventBroadcaster(client, TimeProvider.System, NullLoggerFactory.Instance);
        using var connection = plugin.Connect(Context(client, informers, events));
        Assert.True(plugin.PreEnqueue(_pod).IsSuccess);

        Assert.Equal("n", new SchedulingCycle(profile, _cluster, new Random(1)).Run(_pod).NominatedNode);

        var status = plugin.PreEnqueue(_pod);
        Assert.Equal((Code.UnschedulableAndUnresolvable, "waiting for the preemption for this pod to be finished"), (status.Code, status.Message));
        _server.Fail(isDone ? StatusException.NotFound(new GroupResource("", "pods"), "victim") : new ApiConnectionException("the server is away"));
        Assert.Equal(then, await _next.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.True(plugin.PreEnqueue(_pod).IsSuccess);
    }

    private PluginContext Context(ApiClient client, InformerFactory informers, EventBroadcaster events) => new()
    {
        Client = client,
        Informers = informers,
        Events = events.Recorder("test"),
        Time = TimeProvider.System,
        Log = NullLogger.Instance,
        Post = action => action(_cluster),
        Move = _ => { },
        Activate = uid => _next.TrySetResult($"activate {uid}"),
        Recheck = uid => _next.TrySetResult($"recheck {uid}"),
        PreemptPending = (_, _) => false,
        Stopping = CancellationToken.None,
    };
}

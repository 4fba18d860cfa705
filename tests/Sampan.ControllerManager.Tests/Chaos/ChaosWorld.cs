using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Authorization.V1;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Certificates;
using Sampan.ControllerManager.HorizontalPodAutoscaling;

namespace Sampan.ControllerManager.Tests.Chaos;

/// <summary>Controller managers that come and go over one API, nodes that run what they are given, and a switch for trouble.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private static readonly string[] Chosen =
        ["*", "-node-lifecycle-controller", "-taint-eviction-controller", "-node-ipam-controller", "-certificatesigningrequest-cleaner-controller"];
    private static readonly AutoscalerOptions Autoscaler = new() { SyncPeriod = TimeSpan.FromSeconds(15) };
    private static readonly SigningKey Authority = Requests.NewAuthority();
    private static readonly Dictionary<string, Func<SigningKey>> Signing = new() { [SignerNames.KubeletClient] = () => Authority };
    private readonly Random _trouble;
    private readonly List<Manager> _managers = [];

    public ChaosWorld(int seed)
    {
        _trouble = new Random(seed);
        Api = new FakeApi(Time);
        Nodes = new FakeNodes(Api, Time);
        var metrics = new FakeMetrics(Api, Time);
        Api.Special = r => r.Content?.Value is SubjectAccessReview review ? Allowed(review) : metrics.Answer(r);
    }

    public FakeTimeProvider Time { get; } = new();

    public FakeApi Api { get; }

    public FakeNodes Nodes { get; }

    /// <summary>True when nothing is at work; something may still wait for time to pass.</summary>
    public bool IsQuiet => Api.IsQuiet && _managers.TrueForAll(m => m.Controllers.TrueForAll(Harness.IsIdle)) && Api.IsQuiet;

    public async Task StartManagerAsync()
    {
        var client = Api.Client;
        var events = new EventBroadcaster(client, Time, NullLoggerFactory.Instance);
        var context = new ControllerContext(client, new InformerFactory(client, Time), Time, NullLoggerFactory.Instance, new MetricRegistry(), events);
        var controllers = ControllerSet.Create(context, new ControllerManagerOptions { Client = client, Logs = NullLoggerFactory.Instance, Time = Time, Controllers = Chosen, Autoscaler = Autoscaler, SigningKeys = Signing });
        foreach (var controller in controllers) await controller.StartAsync(default);
        _managers.Add(new Manager(context, controllers));
        var started = context.Informers.StartAsync(default);
        for (var i = 0; i < 2000 && !started.IsCompleted; i++) await PassAsync(TimeSpan.FromMilliseconds(100));
        await started;
    }

    /// <summary>Stops the oldest manager wherever it is, as a crash does to its caches, queues and back-offs.</summary>
    public async Task StopManagerAsync()
    {
        var manager = _managers[0];
        _managers.RemoveAt(0);
        // What it waits for may be held back.
        Api.ReleaseWatches();
        foreach (var controller in manager.Controllers) await controller.StopAsync(default);
        await manager.Context.Informers.DisposeAsync();
        await manager.Context.Events.DisposeAsync();
    }

    /// <summary>Four writes in ten fail: some before they are carried out, some after.</summary>
    public void MakeTrouble()
    {
        Api.Refuse = r => IsWrite(r) ? Throw(20, r) : null;
        Api.LoseAnswer = r => IsWrite(r) ? Throw(20, r, carriedOut: true) : null;
    }

    public void EndTrouble()
    {
        (Api.Refuse, Api.LoseAnswer) = (null, null);
        Api.ReleaseWatches();
    }

    /// <summary>One of the things that go wrong.</summary>
    public async Task StrikeAsync()
    {
        switch (_trouble.Next(8))
        {
            case 0: Api.HoldWatches(); break;
            case 1: Api.ReleaseWatches(); break;
            case 2: Api.BreakWatches(); break;
            case 3:
                Api.Compact();
                Api.BreakWatches();
                break;
            case 4:
                await StopManagerAsync();
                await StartManagerAsync();
                break;
            case 5:
                // Leadership moves: for a while nobody leads.
                await StopManagerAsync();
                await PassAsync(TimeSpan.FromSeconds(15));
                await StartManagerAsync();
                break;
        }
    }

    /// <summary>Lets time pass; waits only a moment for work, since some of it may be stuck on purpose.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var step = 0; step < 4; step++)
        {
            for (var i = 0; i < 20 && !IsQuiet; i++) await Task.Yield();
            if (!IsQuiet) await Task.Delay(1);
            Time.Advance(time / 4);
        }
    }

    /// <summary>Lets time pass and waits until all work of each moment is done; work that itself waits for time is given a moment in all.</summary>
    public async Task SettleAsync(TimeSpan time)
    {
        var patience = 200;
        for (var end = Time.GetUtcNow() + time; Time.GetUtcNow() < end;)
        {
            for (var i = 0; i < 400 && !IsQuiet; i++) await Task.Yield();
            for (; patience > 0 && !IsQuiet; patience--) await Task.Delay(2);
            Time.Advance(Time.NextTimer is { } due && due < end ? due - Time.GetUtcNow() : end - Time.GetUtcNow());
        }
    }

    public async ValueTask DisposeAsync()
    {
        EndTrouble();
        while (_managers.Count > 0) await StopManagerAsync();
    }

    private static SubjectAccessReview Allowed(SubjectAccessReview review)
    {
        var answer = review.DeepClone();
        answer.Status.Allowed = true;
        return answer;
    }

    private static bool IsWrite(ApiRequest request) => request.Verb is not (ApiVerbs.Get or ApiVerbs.List or ApiVerbs.Watch);

    /// <summary>A server never says conflict of what it has carried out.</summary>
    private Exception? Throw(int percent, ApiRequest request, bool carriedOut = false)
    {
        lock (_trouble)
        {
            if (_trouble.Next(100) >= percent) return null;
            return _trouble.Next(carriedOut ? 1 : 0, 3) switch
            {
                0 => StatusException.Conflict(request.Resource.GroupResource, request.Name ?? ""),
                1 => StatusException.ServerTimeout(request.Resource.GroupResource, request.Verb),
                _ => new ApiConnectionException("connection reset by peer"),
            };
        }
    }

    private sealed record Manager(ControllerContext Context, List<IComponent> Controllers);
}

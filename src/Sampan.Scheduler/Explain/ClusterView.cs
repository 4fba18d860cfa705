using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Explain;

/// <summary>The cluster as a scheduler would see it now, read through the API with the rights of whoever asks. Nothing is written.</summary>
internal sealed class ClusterView : IAsyncDisposable
{
    private readonly InformerFactory _informers;
    private readonly EventBroadcaster _events;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Lock _lock = new();

    private ClusterView(ApiClient client, TimeProvider time) =>
        (_informers, _events) = (new InformerFactory(client, time), new EventBroadcaster(client, time, NullLoggerFactory.Instance));

    public SchedulerCache Cache { get; } = new();

    public Informer<Pod> Pods => _informers.For<Pod>();

    public static async Task<ClusterView> ReadAsync(ApiClient client, IReadOnlyList<Profile> profiles, TimeProvider time, CancellationToken ct)
    {
        var view = new ClusterView(client, time);
        try
        {
            await view.FillAsync(client, profiles, time, ct);
            return view;
        }
        catch
        {
            await view.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
        await _informers.DisposeAsync();
        await _events.DisposeAsync();
    }

    private async Task FillAsync(ApiClient client, IReadOnlyList<Profile> profiles, TimeProvider time, CancellationToken ct)
    {
        var (nodes, pods) = (_informers.For<Node>(), Pods);
        var context = new PluginContext
        {
            Client = client,
            Informers = _informers,
            Events = _events.Recorder("sampan-why"),
            Time = time,
            Log = NullLogger.Instance,
            Post = Change,
            Move = _ => { },
            Activate = _ => { },
            Recheck = _ => { },
            PreemptPending = (_, _) => false,
            Stopping = ct,
        };
        foreach (var plugin in profiles.SelectMany(profile => profile.Plugins).OfType<IConnectedPlugin>()) _subscriptions.Add(plugin.Connect(context));
        Workloads<Service>((w, old, current) => w.SetService(old, current));
        Workloads<ReplicaSet>((w, old, current) => w.SetReplicaSet(old, current));
        Workloads<StatefulSet>((w, old, current) => w.SetStatefulSet(old, current));
        Workloads<ReplicationController>((w, old, current) => w.SetReplicationController(old, current));
        await _informers.StartAsync(ct);
        Change(cache =>
        {
            foreach (var node in nodes.List()) cache.SetNode(node);
            foreach (var pod in pods.List().Where(IsPlaced)) cache.SetPod(new PodInfo(pod));
        });
    }

    private static bool IsPlaced(Pod pod) => !string.IsNullOrEmpty(pod.Spec.NodeName) && pod.Status.Phase is not ("Succeeded" or "Failed");

    private void Workloads<T>(Action<Workloads, T?, T?> change) where T : class, IObject<T> =>
        _subscriptions.Add(_informers.For<T>().Subscribe((old, current) => Change(cache => change(cache.Workloads, old, current))));

    private void Change(Action<SchedulerCache> change)
    {
        lock (_lock) change(Cache);
    }
}

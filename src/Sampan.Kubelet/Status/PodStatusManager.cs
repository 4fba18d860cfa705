using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Status;

/// <summary>
/// Sends pod statuses to the API server: at once, one request at a time per pod, only the newest, again until it is accepted.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="uidOf">Under which uid the API has a pod; null while it has it not.</param>
/// <param name="metrics">Told how long it takes.</param>
/// <param name="time">Paces tries.</param>
/// <param name="logger">Told of failures.</param>
internal sealed class PodStatusManager(ApiClient client, Func<Pod, string?> uidOf, PodMetrics metrics, TimeProvider time, ILogger logger) : IPodStatusSink, IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly CancellationTokenSource _stop = new();

    public PodStatus? Find(string podUid) => _entries.GetValueOrDefault(podUid)?.Status;

    public void Set(Pod pod, PodStatus status)
    {
        var entry = _entries.GetOrAdd(pod.Metadata.Uid, _ => new Entry());
        lock (entry)
        {
            if (entry.Status is not null && entry.Status.DeepEquals(status))
            {
                return;
            }

            entry.Pod = pod;
            entry.Status = status;
            entry.ChangedAt ??= time.GetTimestamp();
            SendLocked(entry);
        }
    }

    public void Reconcile(Pod pod)
    {
        if (!_entries.TryGetValue(pod.Metadata.Uid, out var entry))
        {
            return;
        }

        lock (entry)
        {
            if (entry.Status is { } status && entry.Sender.IsCompleted && !Agrees(pod.Status, status))
            {
                SendLocked(entry);
            }
        }
    }

    /// <summary>The API has only now what the last status is for.</summary>
    public void Resend(Pod pod)
    {
        if (_entries.TryGetValue(pod.Metadata.Uid, out var entry))
        {
            lock (entry)
            {
                if (entry.Status is not null)
                {
                    SendLocked(entry);
                }
            }
        }
    }

    public async Task DeleteAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(pod.Metadata.Uid, out var entry))
        {
            await entry.Sender.WaitAsync(cancellationToken);
        }

        var options = new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new() { Uid = pod.Metadata.Uid } };
        await RetryAsync(pod, "delete", () => client.Of<Pod>().DeleteAsync(pod.Metadata.Namespace, pod.Metadata.Name, options, cancellationToken), cancellationToken);
    }

    public void Forget(string podUid) => _entries.TryRemove(podUid, out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_entries.Values.Select(e => e.Sender)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    /// <summary>Whether the API says what we say; others' conditions do not count.</summary>
    private static bool Agrees(PodStatus api, PodStatus ours) =>
        (api.Phase, api.Reason ?? "", api.Message ?? "", api.PodIP ?? "") == (ours.Phase, ours.Reason ?? "", ours.Message ?? "", ours.PodIP ?? "")
        && ours.Conditions.OrEmpty().All(mine => api.Conditions.OrEmpty().Any(theirs => theirs.Type == mine.Type && theirs.Status == mine.Status))
        && Same(api.InitContainerStatuses, ours.InitContainerStatuses)
        && Same(api.ContainerStatuses, ours.ContainerStatuses)
        && Same(api.EphemeralContainerStatuses, ours.EphemeralContainerStatuses);

    /// <summary>What matters of the containers: how they are, and which they are.</summary>
    private static bool Same(List<ContainerStatus>? api, List<ContainerStatus>? ours) =>
        api.OrEmpty().Select(Essence).SequenceEqual(ours.OrEmpty().Select(Essence));

    private static (string, string, bool, int, string?, int?) Essence(ContainerStatus status) => (
        status.Name, status.ContainerID ?? "", status.Ready, status.RestartCount,
        status.State.Waiting is { } waiting ? waiting.Reason : status.State.Running is not null ? "running" : null, status.State.Terminated?.ExitCode);

    private void SendLocked(Entry entry)
    {
        entry.Version++;
        if (entry.Sender.IsCompleted)
        {
            entry.Sender = Task.Run(() => SendAsync(entry, _stop.Token));
        }
    }

    private async Task SendAsync(Entry entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            Pod pod;
            PodStatus status;
            long version;
            lock (entry)
            {
                (pod, status, version) = (entry.Pod!, entry.Status!, entry.Version);
            }

            if (uidOf(pod) is { } uid)
            {
                var patch = Patch.StrategicMerge(PodStatusPatch.Create(uid, status));
                await RetryAsync(pod, "update the status of", () => SendNewestAsync(entry, version, pod, patch, cancellationToken), cancellationToken);
                metrics.Starts.Told(pod.Metadata.Uid, status);
            }

            lock (entry)
            {
                if (entry.Version == version || cancellationToken.IsCancellationRequested)
                {
                    Measure(entry, cancellationToken);

                    // Set() starts another sender from here on.
                    entry.Sender = Task.CompletedTask;
                    return;
                }
            }
        }
    }

    private void Measure(Entry entry, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested && entry.ChangedAt is { } since && uidOf(entry.Pod!) is not null)
        {
            metrics.StatusSynced(time.GetElapsedTime(since));
            entry.ChangedAt = null;
        }
    }

    private Task SendNewestAsync(Entry entry, long version, Pod pod, Patch patch, CancellationToken cancellationToken) =>
        Volatile.Read(ref entry.Version) == version
            ? client.Of<Pod>().PatchAsync(pod.Metadata.Namespace, pod.Metadata.Name, patch, "status", cancellationToken)
            : Task.CompletedTask;

    /// <summary>A pod that is gone, or replaced by another of its name, needs nothing more.</summary>
    private async Task RetryAsync(Pod pod, string what, Func<Task> action, CancellationToken cancellationToken)
    {
        for (var wait = FirstRetry; !cancellationToken.IsCancellationRequested; wait = wait * 2 < LongestRetry ? wait * 2 : LongestRetry)
        {
            try
            {
                await action();
                return;
            }
            catch (StatusException e) when (e.IsNotFound || e.IsConflict)
            {
                return;
            }
            catch (Exception e) when (e is StatusException or ApiConnectionException)
            {
                logger.LogWarning("Could not {What} pod {Namespace}/{Name}: {Error}", what, pod.Metadata.Namespace, pod.Metadata.Name, e.Message);
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private sealed class Entry
    {
        public long Version;

        public Pod? Pod { get; set; }

        public PodStatus? Status { get; set; }

        /// <summary>When the status became other than what the API has; null where it is the same.</summary>
        public long? ChangedAt { get; set; }

        public Task Sender { get; set; } = Task.CompletedTask;
    }
}

using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// How far the volumes of this node's pods have grown, and what came of it when they were to: kept while a pod has the volume.
/// <code>
/// pv-1   10Gi   a, b                 done
/// pv-2   10Gi   c      in use        not while anybody has it, the driver says
/// pv-3   10Gi   d      failed        again in a while; where the claim wants another size by now, that failure is the last
/// </code>
/// Upstream: actualStateOfWorld of pkg/kubelet/volumemanager, and the back-off of its operations.
/// </summary>
internal sealed class ExpansionMemory(TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(122);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _volumes = [];
    private readonly Backoff _backoff = new(FirstWait, LongestWait, time);

    /// <summary>Whether the volume should grow now.</summary>
    /// <param name="podUid">Who has it.</param>
    /// <param name="claimed">The volume, and its claim, which tells how large it is at first.</param>
    /// <param name="wanted">Its size.</param>
    public bool IsDue(string podUid, ClaimedVolume claimed, Quantity wanted)
    {
        var name = claimed.Volume.Metadata.Name;
        lock (_lock)
        {
            if (!_volumes.TryGetValue(name, out var entry))
            {
                _volumes[name] = entry = new Entry { Size = ClaimExpansion.SizeOf(claimed.Claim) };
            }

            entry.Users.Add(podUid);
            return wanted > entry.Size && !entry.IsInUse && _backoff.RemainingSinceUpdate(Key(name)) is null;
        }
    }

    /// <summary>Whether the driver has said before that it did not do what it was to.</summary>
    public bool HasFailed(string volume)
    {
        lock (_lock)
        {
            return _volumes.TryGetValue(volume, out var entry) && entry.HasFailed;
        }
    }

    public void Done(string volume, Quantity size) => Change(volume, entry =>
    {
        (entry.Size, entry.HasFailed) = (size, false);
        _backoff.Forget(Key(volume));
    });

    public void Failed(string volume, Exception why) => Change(volume, entry =>
    {
        entry.IsInUse |= why is RpcException { Code: GrpcStatusCode.FailedPrecondition };
        entry.HasFailed |= why is not RpcException failure || CsiDriverClient.IsOver(failure);
        _backoff.Next(Key(volume), time.GetUtcNow());
    });

    /// <summary>A pod has given back its volumes.</summary>
    public void Forget(string podUid)
    {
        lock (_lock)
        {
            foreach (var (name, _) in _volumes.Where(v => v.Value.Users.Remove(podUid) && v.Value.Users.Count == 0).ToList())
            {
                _volumes.Remove(name);
                _backoff.Forget(Key(name));
            }
        }
    }

    private void Change(string volume, Action<Entry> change)
    {
        lock (_lock)
        {
            if (_volumes.TryGetValue(volume, out var entry))
            {
                change(entry);
            }
        }
    }

    private static string Key(string volume) => volume + "/";

    private sealed class Entry
    {
        public HashSet<string> Users { get; } = [];

        public Quantity Size { get; set; }

        public bool IsInUse { get; set; }

        public bool HasFailed { get; set; }
    }
}

namespace Sampan.ControllerManager.SELinuxWarning;

/// <summary>Which pods use which volumes, and how.</summary>
internal sealed class VolumeUses
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<ObjectKey, VolumeUse>> _volumes = [];

    /// <summary>Notes the use; answers the conflicts that are new by it, each from the side of both pods.</summary>
    public List<SELinuxConflict> Put(string volume, ObjectKey pod, VolumeUse use)
    {
        lock (_lock)
        {
            if (!_volumes.TryGetValue(volume, out var pods)) _volumes[volume] = pods = [];
            if (pods.TryGetValue(pod, out var known) && known == use) return [];
            pods[pod] = use;
            return [.. pods.SelectMany(other => SELinuxConflict.Between(pod, use, other.Key, other.Value).Concat(SELinuxConflict.Between(other.Key, other.Value, pod, use)))];
        }
    }

    public void Remove(ObjectKey pod)
    {
        lock (_lock)
        {
            foreach (var (volume, pods) in _volumes)
                if (pods.Remove(pod) && pods.Count == 0) _volumes.Remove(volume);
        }
    }

    public List<SELinuxConflict> Conflicts()
    {
        lock (_lock)
            return [.. _volumes.Values.SelectMany(pods => pods.SelectMany(one => pods.SelectMany(other => SELinuxConflict.Between(one.Key, one.Value, other.Key, other.Value))))];
    }
}

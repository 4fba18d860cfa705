using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// The pods that a kubelet finds when it starts, in the order of their creation: where there is no room for all of them any more,
/// the youngest are turned away. What changes later is passed on as it comes.
/// </summary>
/// <param name="isListed">Whether all of them have been seen.</param>
/// <param name="deliver">Takes a pod, as it was and as it is.</param>
internal sealed class FirstPods(Func<bool> isListed, Action<Pod?, Pod?> deliver)
{
    private readonly Lock _lock = new();
    private List<Pod>? _first = [];

    public void OnChange(Pod? old, Pod? current)
    {
        lock (_lock)
        {
            if (_first is not null && current is not null && !isListed())
            {
                _first.Add(current);
                return;
            }

            Deliver();
            deliver(old, current);
        }
    }

    /// <summary>All have been seen.</summary>
    public void Deliver()
    {
        lock (_lock)
        {
            var first = _first ?? [];
            _first = null;
            foreach (var pod in first.OrderBy(p => p.Metadata.CreationTimestamp?.Value))
            {
                deliver(null, pod);
            }
        }
    }
}

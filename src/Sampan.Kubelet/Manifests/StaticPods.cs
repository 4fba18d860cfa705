using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Manifests;

/// <summary>Pods from manifests. A changed manifest is another pod.</summary>
internal sealed class StaticPods(IManifests manifests, TimeSpan interval, TimeProvider time)
{
    private Dictionary<string, Pod> _known = [];

    /// <summary>Whether it is known which pods there are.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Reads the manifests again and again, and tells of every pod that came or went.</summary>
    public async Task RunAsync(Action<Pod> upsert, Action<Pod> remove, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await PollAsync(upsert, remove, cancellationToken);
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task PollAsync(Action<Pod> upsert, Action<Pod> remove, CancellationToken cancellationToken)
    {
        if (await manifests.ReadAsync(cancellationToken) is not { } pods)
        {
            return;
        }

        var found = new Dictionary<string, Pod>();
        foreach (var pod in pods)
        {
            found[pod.Metadata.Uid] = pod;
        }

        foreach (var gone in _known.Values.Where(p => !found.ContainsKey(p.Metadata.Uid)))
        {
            remove(gone);
        }

        foreach (var pod in found.Values.Where(p => !_known.ContainsKey(p.Metadata.Uid)))
        {
            upsert(pod);
        }

        _known = found;
        IsRead = true;
    }
}

using System.Threading.Channels;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Manifests;

/// <summary>Pods from manifests. A changed manifest is another pod; one that was removed and is back is the same pod once more.</summary>
internal sealed class StaticPods(IManifests manifests, TimeSpan interval, TimeProvider time)
{
    private readonly Channel<string?> _changes = Channel.CreateUnbounded<string?>();
    private Dictionary<string, Manifest> _known = [];

    /// <summary>Whether it is known which pods there are.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Reads the manifests whenever they change, and now and then, and tells of every pod that came or went.</summary>
    public async Task RunAsync(Action<Pod> upsert, Action<Pod> remove, CancellationToken cancellationToken)
    {
        IDisposable? watch = null;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                watch ??= manifests.Watch(place => _changes.Writer.TryWrite(place));
                await PollAsync(upsert, remove, cancellationToken);
                await WaitAsync(cancellationToken);
                ForgetGone(remove);
            }
        }
        finally
        {
            watch?.Dispose();
        }
    }

    public async Task PollAsync(Action<Pod> upsert, Action<Pod> remove, CancellationToken cancellationToken)
    {
        if (await manifests.ReadAsync(cancellationToken) is not { } read)
        {
            return;
        }

        var found = new Dictionary<string, Manifest>();
        foreach (var manifest in read)
        {
            found[manifest.Pod.Metadata.Uid] = manifest;
        }

        foreach (var gone in _known.Where(known => !found.ContainsKey(known.Key)))
        {
            remove(gone.Value.Pod);
        }

        foreach (var come in found.Where(pod => !_known.ContainsKey(pod.Key)))
        {
            upsert(come.Value.Pod);
        }

        _known = found;
        IsRead = true;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(interval, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        Task changed = _changes.Reader.WaitToReadAsync(joined.Token).AsTask();
        await changed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A file that is there again when it is looked for was gone all the same.</summary>
    private void ForgetGone(Action<Pod> remove)
    {
        while (_changes.Reader.TryRead(out var place))
        {
            foreach (var (uid, gone) in _known.Where(known => known.Value.Place == place).ToList())
            {
                remove(gone.Pod);
                _known.Remove(uid);
            }
        }
    }
}

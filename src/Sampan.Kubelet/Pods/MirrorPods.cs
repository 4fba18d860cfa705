using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Keeps an image of each static pod in the API, so that it can be seen there, with its status. Deleting the image does not
/// end the pod: it is made again. A changed manifest gets a new image.
/// </summary>
internal sealed class MirrorPods(ApiClient client, string nodeName, Func<Node?> node, Action<Pod> appeared, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<ObjectKey, Pod> _wanted = new();
    private readonly ConcurrentDictionary<ObjectKey, Pod> _present = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How many the API has.</summary>
    public int Count => _present.Count;

    public static ObjectKey Key(Pod pod) => new(pod.Metadata.Namespace, pod.Metadata.Name);

    /// <summary>A static pod that shall have an image.</summary>
    public void Want(Pod pod)
    {
        _wanted[Key(pod)] = pod;
        Poke();
    }

    /// <summary>A static pod that has ended, and whose manifest is gone.</summary>
    public void Drop(Pod pod)
    {
        _wanted.TryRemove(Key(pod), out _);
        Poke();
    }

    /// <summary>An image as the API has it now; null when it is gone.</summary>
    public void OnChange(Pod? old, Pod? current)
    {
        if (current is not null)
        {
            _present[Key(current)] = current;
            if (_wanted.TryGetValue(Key(current), out var pod) && IsImageOf(current, pod))
            {
                appeared(pod);
            }
        }
        else if (old is not null)
        {
            _present.TryRemove(Key(old), out _);
        }

        Poke();
    }

    /// <summary>The image whose status tells of a static pod; null while there is none.</summary>
    public string? UidOf(Pod pod) => _present.TryGetValue(Key(pod), out var image) && IsImageOf(image, pod) ? image.Metadata.Uid : null;

    /// <summary>What the API says of a static pod; null while it has no image.</summary>
    public PodStatus? StatusOf(Pod pod) => _present.TryGetValue(Key(pod), out var image) && IsImageOf(image, pod) ? image.Status : null;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = await ReconcileAsync(cancellationToken) ? Recheck : Retry;
            using var timer = new CancellationTokenSource(wait, time);
            using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
            Task poked = _signal.Reader.ReadAsync(joined.Token).AsTask();
            await poked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Whether all went well.</returns>
    internal async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (key, image) in _present.Where(p => !_wanted.TryGetValue(p.Key, out var pod) || !IsImageOf(p.Value, pod)))
            {
                await DeleteAsync(key, image, cancellationToken);
            }

            foreach (var pod in _wanted.Where(p => !_present.ContainsKey(p.Key)).Select(p => p.Value))
            {
                await CreateAsync(pod, cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            logger.LogWarning("Could not mirror a static pod: {Error}", e.Message);
            return false;
        }
    }

    private async Task DeleteAsync(ObjectKey key, Pod image, CancellationToken cancellationToken)
    {
        try
        {
            var options = new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new() { Uid = image.Metadata.Uid } };
            await client.Of<Pod>().DeleteAsync(key.Namespace, key.Name, options, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound || e.IsConflict)
        {
            // Somebody else was faster.
        }

        // A new one may have taken its place meanwhile.
        _present.TryRemove(KeyValuePair.Create(key, image));
    }

    /// <summary>Whether it is there, the watch alone tells: it may be deleted again before the answer is read.</summary>
    private async Task CreateAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            await client.Of<Pod>().CreateAsync(ImageOf(pod), cancellationToken);
        }
        catch (StatusException e) when (e.IsAlreadyExists)
        {
            // The watch has yet to tell of it, or of its end.
        }
    }

    private Pod ImageOf(Pod pod)
    {
        var image = pod.DeepClone();
        image.Metadata.Uid = "";
        image.Metadata.Annotations ??= [];
        image.Metadata.Annotations[RuntimeLabels.ConfigMirror] = HashOf(pod);
        image.Status = new();
        image.Metadata.OwnerReferences = node() is { } owner
            ? [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = nodeName, Uid = owner.Metadata.Uid, Controller = true }]
            : null;
        return image;
    }

    private static bool IsImageOf(Pod image, Pod pod) =>
        image.Metadata.DeletionTimestamp is null && image.Metadata.Annotations.OrEmpty().GetValueOrDefault(RuntimeLabels.ConfigMirror) == HashOf(pod);

    private static string HashOf(Pod pod) => pod.Metadata.Annotations.OrEmpty().GetValueOrDefault(RuntimeLabels.ConfigHash, "");

    private void Poke() => _signal.Writer.TryWrite(true);
}

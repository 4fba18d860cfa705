using Sampan.Api.Meta.V1;
using Sampan.Client.Informers;

namespace Sampan.Client.Controllers;

/// <summary>
/// A resource client whose writes the running reconcile remembers: its key comes again only when the informer has seen them.
/// </summary>
public sealed class OwnWrites<T>
    where T : class
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private readonly Informer<T> _informer;
    private readonly ResourceClient<T> _client;
    private readonly TimeProvider _time;
    private readonly GroupResource _resource;

    internal OwnWrites(Informer<T> informer, ResourceClient<T> client, TimeProvider time)
    {
        _informer = informer;
        _client = client;
        _time = time;
        _resource = informer.Resource.GroupResource;
    }

    /// <summary>A creation of which only the answer was lost may have happened: the key waits until the cache would show it.</summary>
    public async Task<T> CreateAsync(T obj, CancellationToken cancellationToken)
    {
        try
        {
            return Written(await _client.CreateAsync(obj, cancellationToken));
        }
        catch (Exception e) when (e is ApiConnectionException or StatusException { Code: >= 500 })
        {
            var ns = _client.Codec.Key(obj).Namespace;
            ReconcileScope.Current?.Add(_resource, ct => CatchUpAsync(ns, ct));
            throw;
        }
    }

    public async Task<T> UpdateAsync(T obj, CancellationToken cancellationToken) => Written(await _client.UpdateAsync(obj, cancellationToken));

    public async Task<T> UpdateStatusAsync(T obj, CancellationToken cancellationToken) =>
        Written(await _client.UpdateStatusAsync(obj, cancellationToken));

    public async Task<T> PatchAsync(ObjectKey key, Patch patch, string? subresource, CancellationToken cancellationToken) =>
        Written(await _client.PatchAsync(key.Namespace, key.Name, patch, subresource, cancellationToken));

    public Task<T> PatchAsync(ObjectKey key, Patch patch, CancellationToken cancellationToken) => PatchAsync(key, patch, null, cancellationToken);

    /// <summary>
    /// Deletes this very object (by uid). One that is gone already counts as deleted; one whose fate is unknown is looked at before
    /// the key comes again.
    /// </summary>
    public async Task DeleteAsync(T obj, DeleteOptions? options, CancellationToken cancellationToken)
    {
        var key = _client.Codec.Key(obj);
        var uid = _client.Codec.Uid(obj);
        options ??= new DeleteOptions();
        (options.Preconditions ??= new Preconditions()).Uid = uid;
        try
        {
            await _client.DeleteAsync(key.Namespace, key.Name, options, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
        }
        catch (Exception e) when (e is ApiConnectionException or StatusException { Code: >= 500 } or StatusException { IsConflict: true })
        {
            ReconcileScope.Current?.Add(_resource, ct => SeeFateAsync(key, uid, ct));
            throw;
        }

        ReconcileScope.Current?.Add(_resource, ct => WaitUntilGoneAsync(key, uid, ct));
    }

    private Task WaitUntilGoneAsync(ObjectKey key, string uid, CancellationToken cancellationToken) =>
        _informer.WaitUntilAsync(s => IsGone(s.Get(key), uid), cancellationToken);

    /// <summary>If the object went, the cache has to see it. Who may delete need not have the right to read: the cache's client has.</summary>
    private Task SeeFateAsync(ObjectKey key, string uid, CancellationToken cancellationToken) => UntilAnsweredAsync(async () =>
    {
        var live = await _informer.Client.ListAsync(key.Namespace, new ListOptions { FieldSelector = $"metadata.name={key.Name}" }, cancellationToken);
        if (IsGone(live.Items.FirstOrDefault(o => _client.Codec.Key(o) == key), uid)) await WaitUntilGoneAsync(key, uid, cancellationToken);
    }, cancellationToken);

    /// <summary>Events come in order: once the newest object of the namespace was seen, all were.</summary>
    private Task CatchUpAsync(string ns, CancellationToken cancellationToken) => UntilAnsweredAsync(async () =>
    {
        var selection = new ListOptions { FieldSelector = _informer.Scope.FieldSelector, LabelSelector = _informer.Scope.LabelSelector };
        var live = await _informer.Client.ListAsync(ns, selection, cancellationToken);
        var newest = live.Items.Select(_client.Codec.ResourceVersion).Aggregate("", ResourceVersions.Max);
        await _informer.WaitForRevisionAsync(newest, cancellationToken);
    }, cancellationToken);

    private async Task UntilAnsweredAsync(Func<Task> look, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await look();
                return;
            }
            catch (Exception e) when (e is ApiConnectionException or StatusException)
            {
                await Task.Delay(RetryPause, _time, cancellationToken);
            }
        }
    }

    private bool IsGone(T? known, string uid) =>
        known is null || _client.Codec.Uid(known) != uid || _client.Codec.IsDeleting(known);

    private T Written(T answer)
    {
        var version = _client.Codec.ResourceVersion(answer);
        if (ResourceVersions.Compare(_informer.LastResourceVersion, version) < 0)
            ReconcileScope.Current?.Add(_resource, ct => _informer.WaitForRevisionAsync(version, ct));
        return answer;
    }
}

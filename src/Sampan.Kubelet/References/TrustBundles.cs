using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Selectors;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Kubelet.Volumes;
using Alpha = Sampan.Api.Certificates.V1Alpha1.ClusterTrustBundle;
using Beta = Sampan.Api.Certificates.V1Beta1.ClusterTrustBundle;

namespace Sampan.Kubelet.References;

/// <summary>
/// Watches the bundles from the first time that a pod wants one, in the newest version that the API server has; where it has
/// none, pods that want one are told so. Upstream: pkg/kubelet/clustertrustbundle.
/// </summary>
internal sealed class TrustBundles(ApiClient client, TimeProvider time, ILogger logger) : ITrustBundles, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(16);
    private readonly SemaphoreSlim _lock = new(1);
    private readonly CancellationTokenSource _stop = new();
    private Source? _source;

    public async Task<string> ByNameAsync(string name, bool isOptional, CancellationToken cancellationToken)
    {
        var found = (await AllAsync(cancellationToken)).Where(b => b.Name == name).ToList();
        return found.Count > 0 || isOptional
            ? TrustBundle.Join(found, _salt)
            : throw new VolumeFailure($"while getting ClusterTrustBundle: clustertrustbundle.certificates.k8s.io \"{name}\" not found");
    }

    public async Task<string> BySignerAsync(string signer, LabelSelector? selector, bool isOptional, CancellationToken cancellationToken)
    {
        var matching = Matching(selector);
        var found = (await AllAsync(cancellationToken)).Where(b => b.Signer == signer && matching.Matches(b.Labels)).ToList();
        return found.Count > 0 || isOptional
            ? TrustBundle.Join(found, _salt)
            : throw new VolumeFailure("combination of signerName and labelSelector matched zero ClusterTrustBundles");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_source is { } source)
        {
            await source.Running;
        }

        _stop.Dispose();
        _lock.Dispose();
    }

    private static Selector Matching(LabelSelector? selector)
    {
        try
        {
            return Selector.From(selector);
        }
        catch (SelectorFormatException e)
        {
            throw new VolumeFailure($"while parsing label selector: {e.Message}");
        }
    }

    private async Task<IEnumerable<TrustBundle>> AllAsync(CancellationToken cancellationToken)
    {
        var source = _source ?? await ChooseAsync(cancellationToken);
        if (source is null)
        {
            throw new VolumeFailure("ClusterTrustBundle projection is not supported in static kubelet mode");
        }

        return source.HasSynced() ? source.Bundles() : throw new VolumeFailure("ClusterTrustBundle informer has not yet synced");
    }

    private async Task<Source?> ChooseAsync(CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            return _source ??= await TryAsync<Beta>(b => new(b.Metadata.Name, b.Spec.SignerName ?? "", b.Metadata.Labels.OrEmpty(), b.Spec.TrustBundle), cancellationToken)
                ?? await TryAsync<Alpha>(b => new(b.Metadata.Name, b.Spec.SignerName ?? "", b.Metadata.Labels.OrEmpty(), b.Spec.TrustBundle), cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            throw new VolumeFailure($"failed to ensure informer manager for ClusterTrustBundles: {e.Message}");
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <returns>Null where the API server does not have this version.</returns>
    private async Task<Source?> TryAsync<T>(Func<T, TrustBundle> read, CancellationToken cancellationToken)
        where T : class, IObject<T>
    {
        try
        {
            await client.Of<T>().ListAsync(null, new() { Limit = 1 }, cancellationToken);
        }
        catch (StatusException e) when (e.IsNotFound)
        {
            return null;
        }

        var informer = new Informer<T>(client.Of<T>(), InformerScope.All, time, logger);
        var running = Task.Run(() => informer.RunAsync(_stop.Token), CancellationToken.None);
        using var timer = new CancellationTokenSource(Patience, time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        await informer.WaitForSyncAsync(joined.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new Source(() => informer.HasSynced, () => informer.List().Select(read), running);
    }

    private sealed record Source(Func<bool> HasSynced, Func<IEnumerable<TrustBundle>> Bundles, Task Running);
}

namespace Sampan.Kubelet.Manifests;

/// <summary>Where manifests of pods are that this node runs without the API server.</summary>
internal interface IManifests
{
    /// <summary>All pods there are now; null where nothing can be told now, and all stays as it is.</summary>
    Task<IReadOnlyCollection<Manifest>?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Calls for everything that changes from now on: with the place of a manifest that is gone, and with null for any other change.
    /// </summary>
    /// <returns>Ends it; null where changes are found by reading only.</returns>
    IDisposable? Watch(Action<string?> onChange) => null;
}

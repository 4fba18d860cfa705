using Sampan.Api;

namespace Sampan.Kubelet.References;

/// <summary>
/// Objects of one kind that pods of this node refer to by name. How they are known is what the configuration's
/// <c>configMapAndSecretChangeDetectionStrategy</c> says: watched, or read and kept for a while.
/// </summary>
internal interface IReferences<T> : IAsyncDisposable
    where T : class, IObject<T>
{
    /// <summary>Raised with the pod's UID when something that it refers to has changed.</summary>
    event Action<string>? Changed;

    /// <summary>All that a pod refers to from now on; nothing once it has ended.</summary>
    void Set(string podUid, IReadOnlyCollection<ObjectKey> keys);

    /// <returns>Null when it does not exist.</returns>
    Task<T?> FindAsync(ObjectKey key, CancellationToken cancellationToken);
}

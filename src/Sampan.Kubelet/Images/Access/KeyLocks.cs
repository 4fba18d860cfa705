namespace Sampan.Kubelet.Images.Access;

/// <summary>A lock for each key; keys may happen to share one, so that a thread may hold one of them at a time only.</summary>
internal sealed class KeyLocks
{
    private const int Count = 32;
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Count).Select(_ => new Lock())];

    public Lock Of(string key) => _locks[(uint)key.GetHashCode(StringComparison.Ordinal) % Count];
}

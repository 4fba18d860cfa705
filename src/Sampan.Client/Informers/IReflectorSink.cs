namespace Sampan.Client.Informers;

/// <summary>Takes what a <see cref="Reflector{T}"/> learns, in order.</summary>
internal interface IReflectorSink<T>
{
    void Replace(IReadOnlyList<T> items, string resourceVersion);

    void Apply(WatchEvent<T> e);
}

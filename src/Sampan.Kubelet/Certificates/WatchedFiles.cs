namespace Sampan.Kubelet.Certificates;

/// <summary>What some files say, read again when one of them was written anew; what cannot be read leaves what was known.</summary>
public sealed class WatchedFiles<T>
    where T : class
{
    private readonly Lock _lock = new();
    private readonly Func<T> _read;
    private readonly IReadOnlyList<string> _paths;
    private List<DateTime> _written;
    private T _current;

    /// <param name="read">Reads them all; what it throws at first is thrown.</param>
    /// <param name="paths">The files; links are followed, as mounted secrets have them.</param>
    public WatchedFiles(Func<T> read, params IReadOnlyList<string> paths)
    {
        (_read, _paths) = (read, paths);
        _written = Written();
        _current = read();
    }

    public T Current
    {
        get
        {
            lock (_lock)
            {
                var written = Written();
                if (!written.SequenceEqual(_written))
                {
                    Renew(written);
                }

                return _current;
            }
        }
    }

    private void Renew(List<DateTime> written)
    {
        try
        {
            _current = _read();
            _written = written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            // Half of it is written: the next one who asks sees the rest.
        }
    }

    private List<DateTime> Written() => [.. _paths.Select(p => (new FileInfo(p).ResolveLinkTarget(returnFinalTarget: true) ?? new FileInfo(p)).LastWriteTimeUtc)];
}

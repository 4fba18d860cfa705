using System.Security.Cryptography;

namespace Sampan.Client;

/// <summary>
/// A value that is made of files, and made anew when what they say has changed. While they cannot be read or used, as half-way through
/// a rotation, the last one serves.
/// </summary>
/// <param name="make">Makes the value of the files' texts, in their order.</param>
/// <param name="files">Read when one was written since, and now and then: a link may lead elsewhere without being written itself.</param>
public sealed class FileValue<T>(Func<IReadOnlyList<string>, T> make, params IReadOnlyList<string> files)
    where T : class
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private string[] _texts = [];
    private T? _value;
    private long _writtenAt;
    private long _readAt;

    /// <summary>The value as the files have it now.</summary>
    public T Current
    {
        get
        {
            lock (_lock)
            {
                try
                {
                    var writtenAt = WrittenAt();
                    if (_value is not null && writtenAt == _writtenAt && TimeProvider.System.GetElapsedTime(_readAt) < Trusted) return _value;
                    _value = Read();
                    (_writtenAt, _readAt) = (writtenAt, TimeProvider.System.GetTimestamp());
                    return _value;
                }
                catch (Exception e) when (_value is not null && e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
                {
                    return _value!;
                }
            }
        }
    }

    /// <summary>A number that changes when one of the files is written.</summary>
    private long WrittenAt()
    {
        long stamp = 0;
        foreach (var file in files) stamp = unchecked((stamp * 31) + File.GetLastWriteTimeUtc(file).Ticks);
        return stamp;
    }

    private T Read()
    {
        string[] texts = [.. files.Select(File.ReadAllText)];
        if (_value is { } known && texts.SequenceEqual(_texts)) return known;
        var made = make(texts);
        _texts = texts;
        return made;
    }
}

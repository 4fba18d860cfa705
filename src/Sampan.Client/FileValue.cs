using System.Security.Cryptography;

namespace Sampan.Client;

/// <summary>
/// A value that is made of files, and made anew when what they say has changed. While they cannot be read or used, as half-way through
/// a rotation, the last one serves.
/// </summary>
/// <param name="make">Makes the value of the files' texts, in their order.</param>
/// <param name="files">Small ones: they are read whenever the value is asked for.</param>
public sealed class FileValue<T>(Func<IReadOnlyList<string>, T> make, params IReadOnlyList<string> files)
    where T : class
{
    private readonly Lock _lock = new();
    private string[] _texts = [];
    private T? _value;

    /// <summary>The value as the files have it now.</summary>
    public T Current
    {
        get
        {
            lock (_lock)
            {
                try
                {
                    return _value = Read();
                }
                catch (Exception e) when (_value is not null && e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
                {
                    return _value!;
                }
            }
        }
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

using System.Security.Cryptography;

namespace Sampan.Client;

/// <summary>The text of a file of certificates or keys, as it is whenever it is asked for; what is half written is not taken.</summary>
public static class PemText
{
    /// <exception cref="IOException">It cannot be read now, at the start; later the last text serves.</exception>
    /// <exception cref="ArgumentException">There is no PEM in it.</exception>
    public static Func<string> In(string file)
    {
        var value = new FileValue<string>(texts => PemEncoding.TryFind(texts[0], out _) ? texts[0] : throw new ArgumentException($"{file} holds no PEM"), file);
        _ = value.Current;
        return () => value.Current;
    }
}

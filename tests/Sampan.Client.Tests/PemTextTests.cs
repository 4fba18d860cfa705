using System.Security.Cryptography;

namespace Sampan.Client.Tests;

public sealed class PemTextTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void In_FileIsReplaced_IsTheNewOneOnceItIsWhole()
    {
        var (first, second) = (Key(), Key());
        Write(first, -20);
        var text = PemText.In(_file);
        Assert.Equal(first, text());
        Write(second[..40], -10);
        Assert.Equal(first, text());
        Write(second, 0);
        Assert.Equal(second, text());
        File.Delete(_file);
        Assert.Equal(second, text());
    }

    [Fact]
    public void In_NoPemAtTheStart_IsRefused()
    {
        File.WriteAllText(_file, "none");
        Assert.Equal($"{_file} holds no PEM", Assert.Throws<ArgumentException>(() => PemText.In(_file)).Message);
    }

    public void Dispose() => File.Delete(_file);

    private static string Key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportECPrivateKeyPem();
    }

    /// <summary>Each time at another moment, as the file's clock sees it.</summary>
    private void Write(string text, int seconds)
    {
        File.WriteAllText(_file, text);
        File.SetLastWriteTimeUtc(_file, File.GetLastWriteTimeUtc(_file).AddSeconds(seconds));
    }
}

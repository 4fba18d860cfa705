namespace Sampan.Client;

/// <summary>kubectl's lock on a kubeconfig: the file <c>config.lock</c> exists while someone changes <c>config</c>.</summary>
internal sealed class KubeconfigLock : IDisposable
{
    private readonly string _path;

    private KubeconfigLock(string path) => _path = path;

    public static KubeconfigLock Take(string kubeconfig)
    {
        var path = kubeconfig + ".lock";
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            return new KubeconfigLock(path);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new KubeconfigException($"{path} exists: another program is changing the kubeconfig; if none is, remove that file", e);
        }
    }

    public void Dispose() => File.Delete(_path);
}

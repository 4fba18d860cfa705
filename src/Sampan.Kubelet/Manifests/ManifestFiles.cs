using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Manifests;

/// <summary>One pod in each file of a directory. A file that is no pod, or is being written, leaves the pod that it was.</summary>
internal sealed class ManifestFiles(string directory, ManifestReader reader, ILogger logger) : IManifests
{
    private Dictionary<string, IReadOnlyList<Pod>> _read = [];

    public Task<IReadOnlyCollection<Manifest>?> ReadAsync(CancellationToken cancellationToken)
    {
        var files = Directory.Exists(directory) ? Directory.GetFiles(directory).Where(IsManifest) : [];
        _read = files.ToDictionary(file => file, Read);
        return Task.FromResult<IReadOnlyCollection<Manifest>?>([.. _read.SelectMany(file => file.Value.Select(pod => new Manifest(file.Key, pod)))]);
    }

    public IDisposable? Watch(Action<string?> onChange)
    {
        if (!Directory.Exists(directory))
        {
            return null;
        }

        var watcher = new FileSystemWatcher(directory);
        watcher.Created += (_, _) => onChange(null);
        watcher.Changed += (_, _) => onChange(null);
        watcher.Deleted += (_, change) => onChange(change.FullPath);
        watcher.Renamed += (_, change) => onChange(change.OldFullPath);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private static bool IsManifest(string file) => !Path.GetFileName(file).StartsWith('.');

    private IReadOnlyList<Pod> Read(string file)
    {
        try
        {
            return reader.Read(File.ReadAllBytes(file), "file", file);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError("The manifest {File} is no pod: {Error}", file, e.Message);
            return _read.GetValueOrDefault(file, []);
        }
    }
}

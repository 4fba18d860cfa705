using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Plugins;

/// <summary>
/// Finds plugins by their sockets below one directory: a new socket is asked what it is, one that was made anew is asked
/// again, one that is gone is deregistered. A plugin that fails is asked again, less and less often.
/// </summary>
internal sealed class PluginWatcher(
    string directory, IReadOnlyList<IPluginHandler> handlers, ILinux linux, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Rescan = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(2);
    private readonly PluginRegistration _registration = new(handlers, time);
    private readonly Dictionary<string, Entry> _known = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await Periodically.RunAsync(SyncAsync, () => Rescan, $"Looking for plugins in {directory}", time, logger, cancellationToken);
    }

    /// <summary>Brings what is registered in line with the sockets that are there.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        var sockets = Sockets();
        foreach (var (path, entry) in _known.Where(k => sockets.GetValueOrDefault(k.Key) != k.Value.Stamp).ToList())
        {
            _known.Remove(path);
            await DeregisterAsync(path, entry, cancellationToken);
        }

        var due = sockets.Where(s => !_known.TryGetValue(s.Key, out var entry) || entry.IsDue(time)).ToList();
        var registered = await Task.WhenAll(due.Select(s => RegisterAsync(s.Key, s.Value, cancellationToken)));
        foreach (var (path, entry) in registered)
        {
            _known[path] = entry;
        }
    }

    /// <summary>Every socket, with what tells it from another of the same path; names that begin with a dot are not looked at.</summary>
    private Dictionary<string, (ulong Inode, DateTime Changed)> Sockets()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*", options)
                .Where(path => linux.KindOf(path) == FileKind.Socket)
                .ToDictionary(path => path, path => (FileStatus.Of(path)?.Inode ?? 0, File.GetLastWriteTimeUtc(path)))
            : [];
    }

    private async Task<(string Path, Entry Entry)> RegisterAsync(string path, (ulong Inode, DateTime Changed) stamp, CancellationToken cancellationToken)
    {
        try
        {
            var (handler, plugin) = await _registration.RegisterAsync(path, cancellationToken);
            logger.LogInformation("Registered {Type} {Plugin} at {Endpoint}", handler.Type, plugin.Name, plugin.Endpoint);
            return (path, new Entry(stamp, handler, plugin, default, default));
        }
        catch (Exception e) when (e is RpcException or PluginRejectedException)
        {
            var wait = _known.TryGetValue(path, out var last) ? Longer(last.Wait) : FirstRetry;
            logger.LogWarning("The plugin at {Socket} could not be registered, next try in {Wait}: {Error}", path, wait, e.Message);
            return (path, new Entry(stamp, null, null, wait, time.GetUtcNow() + wait));
        }
    }

    private async Task DeregisterAsync(string path, Entry entry, CancellationToken cancellationToken)
    {
        if (entry is { Handler: { } handler, Plugin: { } plugin })
        {
            logger.LogInformation("The socket {Socket} of {Type} {Plugin} is gone", path, handler.Type, plugin.Name);
            await handler.DeregisterAsync(plugin, cancellationToken);
        }
    }

    private static TimeSpan Longer(TimeSpan wait) => wait * 2 < LongestRetry ? wait * 2 : LongestRetry;

    /// <param name="Stamp">Which socket this is about.</param>
    /// <param name="Handler">Who took the plugin; null while nobody did.</param>
    /// <param name="Plugin">What it said it is; null while nobody took it.</param>
    /// <param name="Wait">How long the last failure made it wait.</param>
    /// <param name="NotBefore">When a plugin that failed is asked again.</param>
    private sealed record Entry((ulong Inode, DateTime Changed) Stamp, IPluginHandler? Handler, Plugin? Plugin, TimeSpan Wait, DateTimeOffset NotBefore)
    {
        public bool IsDue(TimeProvider time) => Plugin is null && time.GetUtcNow() >= NotBefore;
    }
}

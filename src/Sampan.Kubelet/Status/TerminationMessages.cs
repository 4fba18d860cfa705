using System.Collections.Concurrent;
using System.Text;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Status;

/// <summary>What a container left to say at its end: its message file, or, where it asks for that, the end of its log.</summary>
internal sealed class TerminationMessages(bool readsFiles)
{
    private const int MaxMessage = 4096;
    private const int MaxLog = 2048;
    private const int MaxLogLines = 80;
    private readonly ConcurrentDictionary<string, string> _known = new();

    public string Get(Cri.ContainerStatus status)
    {
        if (status.State != Cri.ContainerState.ContainerExited)
        {
            return "";
        }

        return _known.GetOrAdd(status.Id, _ => readsFiles ? Read(status) : status.Message);
    }

    public void Forget(IEnumerable<string> containerIds)
    {
        foreach (var id in containerIds)
        {
            _known.TryRemove(id, out _);
        }
    }

    private static string Read(Cri.ContainerStatus status)
    {
        var path = status.Annotations.TryGetValue(RuntimeLabels.TerminationMessagePath, out var p) ? p : "";
        var file = path.Length > 0 ? status.Mounts.FirstOrDefault(m => m.ContainerPath == path)?.HostPath : null;
        var message = file is not null && File.Exists(file) ? Head(file) : "";
        var policy = status.Annotations.TryGetValue(RuntimeLabels.TerminationMessagePolicy, out var name) ? name : "";
        if (message.Length == 0 && policy == "FallbackToLogsOnError" && status.ExitCode != 0 && File.Exists(status.LogPath))
        {
            message = TailOfLog(status.LogPath);
        }

        return message.Length > 0 ? message : status.Message;
    }

    private static string Head(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var buffer = new byte[MaxMessage];
            return Encoding.UTF8.GetString(buffer, 0, stream.ReadAtLeast(buffer, MaxMessage, throwOnEndOfStream: false));
        }
        catch (IOException e)
        {
            return $"Error on reading termination log {file}: {e.Message}";
        }
    }

    private static string TailOfLog(string file)
    {
        try
        {
            var lines = File.ReadLines(file).TakeLast(MaxLogLines).ToList();
            var writer = new Logs.LogWriter(new Logs.LogOptions());
            foreach (var line in lines)
            {
                writer.Add(Encoding.UTF8.GetBytes(line));
            }

            var text = writer.Take();
            return Encoding.UTF8.GetString(text, Math.Max(0, text.Length - MaxLog), Math.Min(text.Length, MaxLog));
        }
        catch (IOException e)
        {
            return $"Error reading termination message from logs: {e.Message}";
        }
    }
}

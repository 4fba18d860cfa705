using System.Diagnostics;

namespace Sampan.Load;

/// <summary>Follows the resident memory of the server's process, if it is told which one that is.</summary>
internal sealed class Memory : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly Process? _server;
    private readonly Timer? _timer;
    private long _peak;

    public Memory(int? pid)
    {
        if (pid is { } id)
        {
            _server = Process.GetProcessById(id);
            _timer = new Timer(_ => Look(), null, TimeSpan.Zero, Period);
        }
    }

    /// <summary>What it is now and what it was at most since the last call, in MB; empty when nobody follows it.</summary>
    public (string Now, string Peak) Read()
    {
        if (_server is null) return ("", "");
        var now = Look();
        return ($"{now / 1_000_000}", $"{Interlocked.Exchange(ref _peak, now) / 1_000_000}");
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _server?.Dispose();
    }

    private long Look()
    {
        lock (_server!)
        {
            _server.Refresh();
            var now = _server.WorkingSet64;
            _peak = Math.Max(_peak, now);
            return now;
        }
    }
}

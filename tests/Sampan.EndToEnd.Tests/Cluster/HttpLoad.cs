using System.Diagnostics;

namespace Sampan.EndToEnd.Tests.Cluster;

/// <summary>Requests a page again and again from a test's host, each over a connection of its own, and counts the answers.</summary>
public sealed class HttpLoad : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;

    private HttpLoad(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    public static HttpLoad Start(HostNamespace host, string url)
    {
        var script = $"trap 'exit 0' TERM; while :; do curl -s -m 5 -o /dev/null -w '%{{http_code}}\\n' {url}; sleep 0.02; done";
        return new(Shell.Start("nsenter", host.Enter("bash", "-c", script)));
    }

    /// <summary>Ends the load.</summary>
    /// <returns>How often each status was seen; 000 stands for no answer.</returns>
    public async Task<Dictionary<string, int>> StopAsync()
    {
        _process.Kill(entireProcessTree: true);
        var output = await _output;
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.SkipLast(output.EndsWith('\n') ? 0 : 1).GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

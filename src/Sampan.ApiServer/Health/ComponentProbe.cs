using System.Diagnostics.CodeAnalysis;
using Sampan.Client.Streaming;

namespace Sampan.ApiServer.Health;

/// <summary>Asks a component of this host at its health port.</summary>
public static class ComponentProbe
{
    private const int SchedulerPort = 10259;
    private const int ControllerManagerPort = 10257;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The components at the ports that they have by default.</summary>
    public static IReadOnlyDictionary<string, Func<CancellationToken, Task<string?>>> Defaults { get; } =
        new Dictionary<string, Func<CancellationToken, Task<string?>>>
        {
            ["scheduler"] = cancelled => AskAsync(SchedulerPort, cancelled),
            ["controller-manager"] = cancelled => AskAsync(ControllerManagerPort, cancelled),
        };

    /// <summary>Null when the component is well.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "Components serve certificates of their own making on the loopback address.")]
    private static async Task<string?> AskAsync(int port, CancellationToken cancelled)
    {
        var url = new Uri($"https://127.0.0.1:{port}/healthz");
        using var forwarder = new HttpForwarder(new() { TargetHost = "127.0.0.1", RemoteCertificateValidationCallback = (_, _, _, _) => true });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limit.CancelAfter(Limit);
        try
        {
            using var answer = await forwarder.GetAsync(url, limit.Token);
            return answer.IsSuccessStatusCode ? null : $"HTTP probe failed with statuscode: {(int)answer.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException && !cancelled.IsCancellationRequested)
        {
            return $"Get \"{url}\": {failure.Message}";
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>Components as processes of their own, by the port that they serve on.</summary>
internal static class ComponentProcess
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// Starts a component on a free port and waits until it is ready; no process when it never is. Somebody else may take the port
    /// between choosing and listening: another one is tried then.
    /// </summary>
    public static async Task<(Process? Process, int Port)> StartAsync(Func<int, Process> start)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            var port = FreePort();
            var process = start(port);
            for (var i = 0; i < 1200 && !process.HasExited; i++)
            {
                if (await IsReadyAsync(port)) return (process, port);
                await Task.Delay(Step, TimeProvider.System, Ct);
            }
        }

        return default;
    }

    public static async Task<string> GetAsync(int port, string path)
    {
        using var http = Client();
        return await http.GetStringAsync(new Uri($"https://127.0.0.1:{port}/{path}"), Ct);
    }

    /// <summary>Trusts any certificate: these components make their own.</summary>
    public static HttpClient Client() =>
        new(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }) { Timeout = TimeSpan.FromMinutes(1) };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> IsReadyAsync(int port)
    {
        try
        {
            return await GetAsync(port, "readyz") == "ok";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}

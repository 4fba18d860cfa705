using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.ApiServer.Authentication.X509;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>Takes up authorities that are renewed while the server runs, and tells those who read of them in the ConfigMap.</summary>
internal sealed class AuthorityRenewal(IReadOnlyList<AuthorityBundle> bundles, Func<CancellationToken, Task> publish, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, time);
        var isPublished = true;
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                foreach (var bundle in bundles) isPublished &= !bundle.TryRenew();
                isPublished = isPublished || await TryPublishAsync(stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task<bool> TryPublishAsync(CancellationToken stopping)
    {
        try
        {
            await publish(stopping);
            logger.LogInformation("The authorities of client certificates are renewed");
            return true;
        }
        catch (Exception failure) when (failure is StatusException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning(failure, "The renewed authorities of client certificates are not published; trying again in {Period}", Period);
            return false;
        }
    }
}

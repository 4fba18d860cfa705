using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Host;
using Sampan.Cluster.Server;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>Runs components as a process of their own until a signal comes.</summary>
internal static class ComponentRunner
{
    /// <param name="verbosity">As `--v` says.</param>
    /// <param name="create">Makes the components, in the order in which they start.</param>
    /// <param name="ct">Cancelled by SIGINT and SIGTERM.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(int verbosity, Func<ILoggerFactory, Task<IReadOnlyList<IComponent>>> create, CancellationToken ct)
    {
        using var logs = Logs.Create(verbosity);
        var list = new ComponentList(TimeProvider.System, logs.CreateLogger("sampan"));
        try
        {
            foreach (var component in await create(logs)) await list.StartAsync(component, ct);
            await list.WaitForEndAsync(ct);
            return 0;
        }
        catch (Exception e) when (e is ComponentException or HostException or KubeconfigException or FormatException)
        {
            return Failure.Show(e);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 0;
        }
        finally
        {
            await list.StopAsync();
        }
    }
}

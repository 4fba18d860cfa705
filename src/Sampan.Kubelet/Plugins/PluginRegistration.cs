using Sampan.Client.Grpc;
using Sampan.Kubelet.Plugins.V1;

namespace Sampan.Kubelet.Plugins;

/// <summary>
/// One plugin's introduction, texts as upstream's (pkg/kubelet/pluginmanager/operationexecutor).
/// <code>
/// kubelet  ── GetInfo ──────────────────────►  plugin
///          ◄─ type, name, endpoint, versions ─
///          ── NotifyRegistrationStatus ──────►        registered, or why not
/// </code>
/// </summary>
internal sealed class PluginRegistration(IReadOnlyList<IPluginHandler> handlers, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <returns>What is to be undone when the socket goes.</returns>
    /// <exception cref="RpcException">The plugin does not answer.</exception>
    /// <exception cref="PluginRejectedException">It was not taken, and knows why.</exception>
    public async Task<(IPluginHandler Handler, Plugin Plugin)> RegisterAsync(string socket, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForUnixSocket(socket, time);
        var info = await channel.CallAsync(PluginMethods.GetInfo, new InfoRequest(), Limit, cancellationToken);
        var plugin = new Plugin(info.Name, info.Endpoint.Length > 0 ? info.Endpoint : socket, [.. info.SupportedVersions]);
        try
        {
            var handler = handlers.FirstOrDefault(h => h.Type == info.Type)
                ?? throw new PluginRejectedException($"no handler registered for plugin type: {info.Type} at socket {socket}");
            await TakeAsync(handler, plugin, cancellationToken);

            // It serves, whether or not it hears of that.
            await NotifyAsync(channel, new RegistrationStatus { PluginRegistered = true }, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return (handler, plugin);
        }
        catch (PluginRejectedException e)
        {
            await NotifyAsync(channel, new RegistrationStatus { Error = $"RegisterPlugin error -- {e.Message}" }, cancellationToken);
            throw;
        }
    }

    private static async Task TakeAsync(IPluginHandler handler, Plugin plugin, CancellationToken cancellationToken)
    {
        try
        {
            handler.Validate(plugin);
        }
        catch (PluginRejectedException e)
        {
            throw new PluginRejectedException($"plugin validation failed with err: {e.Message}", e);
        }

        try
        {
            await handler.RegisterAsync(plugin, cancellationToken);
        }
        catch (PluginRejectedException e)
        {
            throw new PluginRejectedException($"plugin registration failed with err: {e.Message}", e);
        }
    }

    private static Task NotifyAsync(GrpcChannel channel, RegistrationStatus status, CancellationToken cancellationToken) =>
        channel.CallAsync(PluginMethods.NotifyRegistrationStatus, status, Limit, cancellationToken);
}

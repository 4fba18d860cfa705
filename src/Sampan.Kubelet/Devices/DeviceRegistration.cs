using Microsoft.Extensions.Logging;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Plugins;

namespace Sampan.Kubelet.Devices;

/// <summary>
/// Where device plugins announce themselves: by calling <c>kubelet.sock</c>, or by a socket of their own in plugins_registry.
/// Sockets of an earlier kubelet's plugins are removed at start, which tells the plugins to register again.
/// </summary>
internal sealed class DeviceRegistration : IPluginHandler, IAsyncDisposable
{
    public const string CheckpointName = "kubelet_internal_checkpoint";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly string _directory;
    private readonly DeviceManager _devices;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly GrpcServer _server;

    public DeviceRegistration(string directory, DeviceManager devices, TimeProvider time, ILogger logger)
    {
        (_directory, _devices, _time, _logger) = (directory, devices, time, logger);
        _server = new GrpcServer(Path.Combine(directory, "kubelet.sock")).Add(DeviceMethods.Register, RegisterAsync);
    }

    public string Type => "DevicePlugin";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_directory);
        foreach (var stale in Directory.GetFiles(_directory).Where(f => Path.GetFileName(f) != CheckpointName))
        {
            File.Delete(stale);
        }

        _devices.Restore();
        return _server.StartAsync(cancellationToken);
    }

    public void Validate(Plugin plugin)
    {
        if (!plugin.Versions.Contains(DeviceMethods.Version))
        {
            throw new PluginRejectedException($"manager version, {DeviceMethods.Version}, is not among plugin supported versions [{string.Join(' ', plugin.Versions)}]");
        }

        if (!ExtendedResource.IsName(plugin.Name))
        {
            throw new PluginRejectedException($"invalid name of device plugin socket: the ResourceName \"{plugin.Name}\" is invalid");
        }
    }

    public async Task RegisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        try
        {
            _devices.Add(plugin.Name, plugin.Endpoint, await ConnectAsync(plugin.Endpoint, cancellationToken));
        }
        catch (RpcException e)
        {
            throw new PluginRejectedException(Problem(e), e);
        }
    }

    public Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        _devices.Remove(plugin.Name, plugin.Endpoint);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string Problem(RpcException e) =>
        e.Code == GrpcStatusCode.Unavailable ? "failed to dial device plugin: context deadline exceeded" : $"failed to get device plugin options: {e.Message}";

    private async Task<Empty> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken)
    {
        if (request.Version != DeviceMethods.Version)
        {
            throw Refuse($"requested API version \"{request.Version}\" is not supported by kubelet. Supported version is [\"{DeviceMethods.Version}\"]");
        }

        if (!ExtendedResource.IsName(request.ResourceName))
        {
            throw Refuse($"the ResourceName \"{request.ResourceName}\" is invalid");
        }

        try
        {
            var socket = Path.Combine(_directory, request.Endpoint);
            _devices.Add(request.ResourceName, socket, await ConnectAsync(socket, cancellationToken));
            return new Empty();
        }
        catch (RpcException e)
        {
            throw Refuse(Problem(e));
        }
    }

    /// <summary>Asks a plugin what it wants, which is the first that it hears of the kubelet. It may announce itself before it listens.</summary>
    /// <exception cref="RpcException">It refuses, or does not listen.</exception>
    private async Task<DevicePluginOptions> ConnectAsync(string socket, CancellationToken cancellationToken)
    {
        using var channel = GrpcChannel.ForUnixSocket(socket, _time);
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                return await channel.CallAsync(DeviceMethods.GetDevicePluginOptions, new Empty(), Patience, cancellationToken);
            }
            catch (RpcException e) when (e.Code == GrpcStatusCode.Unavailable && _time.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Look, _time, cancellationToken);
            }
        }
    }

    private RpcException Refuse(string why)
    {
        _logger.LogWarning("A device plugin was refused: {Reason}", why);
        return new RpcException(GrpcStatusCode.Unknown, why);
    }
}

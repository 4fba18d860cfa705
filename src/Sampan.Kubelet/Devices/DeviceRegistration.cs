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
    private readonly string _directory;
    private readonly DeviceManager _devices;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly GrpcServer _server;

    public DeviceRegistration(string directory, DeviceManager devices, TimeProvider time, ILogger logger)
    {
        (_directory, _devices, _time, _logger) = (directory, devices, time, logger);
        _server = new GrpcServer(Path.Combine(directory, "kubelet.sock")).Add(DeviceMethods.Register, (request, _) => Register(request));
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
            using var channel = GrpcChannel.ForUnixSocket(plugin.Endpoint, _time);
            var options = await channel.CallAsync(DeviceMethods.GetDevicePluginOptions, new Empty(), TimeSpan.FromSeconds(10), cancellationToken);
            _devices.Add(plugin.Name, plugin.Endpoint, options);
        }
        catch (RpcException e)
        {
            throw new PluginRejectedException(e.Message, e);
        }
    }

    public Task DeregisterAsync(Plugin plugin, CancellationToken cancellationToken)
    {
        _devices.Remove(plugin.Name);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<Empty> Register(RegisterRequest request)
    {
        if (request.Version != DeviceMethods.Version)
        {
            throw Refuse($"requested API version \"{request.Version}\" is not supported by kubelet. Supported version is [\"{DeviceMethods.Version}\"]");
        }

        if (!ExtendedResource.IsName(request.ResourceName))
        {
            throw Refuse($"the ResourceName \"{request.ResourceName}\" is invalid");
        }

        _devices.Add(request.ResourceName, Path.Combine(_directory, request.Endpoint), request.Options ?? new DevicePluginOptions());
        return Task.FromResult(new Empty());
    }

    private RpcException Refuse(string why)
    {
        _logger.LogWarning("A device plugin was refused: {Reason}", why);
        return new RpcException(GrpcStatusCode.Unknown, why);
    }
}

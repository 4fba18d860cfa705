using System.Collections.Concurrent;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Plugins.V1;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>A plugin's registration socket, and what the kubelet told it.</summary>
internal sealed class FakePluginSocket : IAsyncDisposable
{
    private readonly GrpcServer _server;

    private FakePluginSocket(string path, PluginInfo info) => _server = new GrpcServer(path)
        .Add(PluginMethods.GetInfo, (_, _) => Task.FromResult(info))
        .Add(PluginMethods.NotifyRegistrationStatus, (status, _) =>
        {
            Told.Enqueue(status.PluginRegistered ? "registered" : status.Error);
            if (IsDeaf) throw new RpcException(GrpcStatusCode.Unimplemented, "what?");
            return Task.FromResult(new RegistrationStatusResponse());
        });

    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>It fails when it is told.</summary>
    public bool IsDeaf { get; set; }

    public static async Task<FakePluginSocket> StartAsync(string path, string type, string name, string endpoint = "", params string[] versions)
    {
        var plugin = new FakePluginSocket(path, new PluginInfo { Type = type, Name = name, Endpoint = endpoint, SupportedVersions = { versions } });
        await plugin._server.StartAsync(default);
        return plugin;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

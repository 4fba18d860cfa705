using System.Collections.Concurrent;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Volumes.Csi;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>
/// A CSI driver whose volumes are directories of the host: volume <c>a</c> is <c>root/a</c>, bound to where it is staged and from
/// there to where it is published. What it was asked is kept.
/// </summary>
internal sealed class TestCsiDriver : IAsyncDisposable
{
    private readonly GrpcServer _server;
    private readonly ILinux _linux;
    private readonly string _root;

    public TestCsiDriver(string socket, string root, ILinux linux)
    {
        (Socket, _root, _linux) = (socket, root, linux);
        _server = new GrpcServer(socket)
            .Add(CsiMethods.GetInfo, Answer<NodeGetInfoRequest, NodeGetInfoResponse>(_ => Info))
            .Add(CsiMethods.GetCapabilities, (NodeGetCapabilitiesRequest _, CancellationToken _) => Task.FromResult(new NodeGetCapabilitiesResponse
            {
                Capabilities = { Capabilities.Select(c => new NodeServiceCapability { Rpc = new() { Type = c } }) },
            }))
            .Add(CsiMethods.Stage, Answer<NodeStageVolumeRequest, NodeStageVolumeResponse>(Stage))
            .Add(CsiMethods.Unstage, Answer<NodeUnstageVolumeRequest, NodeUnstageVolumeResponse>(Unstage))
            .Add(CsiMethods.Publish, Answer<NodePublishVolumeRequest, NodePublishVolumeResponse>(Publish))
            .Add(CsiMethods.Unpublish, Answer<NodeUnpublishVolumeRequest, NodeUnpublishVolumeResponse>(Unpublish))
            .Add(CsiMethods.Expand, Answer<NodeExpandVolumeRequest, NodeExpandVolumeResponse>(r => new() { CapacityBytes = r.CapacityRange.RequiredBytes }))
            .Add(CsiMethods.GetVolumeStats, Answer<NodeGetVolumeStatsRequest, NodeGetVolumeStatsResponse>(_ => Stats));
    }

    public string Socket { get; }

    public HashSet<Capability> Capabilities { get; } = [Capability.StageUnstageVolume, Capability.ExpandVolume, Capability.GetVolumeStats];

    public NodeGetInfoResponse Info { get; } = new() { NodeId = "node-at-the-driver", MaxVolumesPerNode = 7 };

    public NodeGetVolumeStatsResponse Stats { get; } = new();

    /// <summary>All requests, oldest first.</summary>
    public ConcurrentQueue<object> Requests { get; } = new();

    /// <summary>The failure of the named method; null for none.</summary>
    public Func<object, RpcException?> Failing { get; set; } = _ => null;

    public IEnumerable<string> Calls => Requests.Select(r => r.GetType().Name.Replace("Node", "", StringComparison.Ordinal).Replace("Request", "", StringComparison.Ordinal).Replace("Volume", "", StringComparison.Ordinal));

    public T Last<T>() => Requests.OfType<T>().Last();

    public Task StartAsync() => _server.StartAsync(default);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Func<TRequest, CancellationToken, Task<TResponse>> Answer<TRequest, TResponse>(Func<TRequest, TResponse> answer) where TRequest : class => (request, _) =>
    {
        Requests.Enqueue(request);
        return Failing(request) is { } failure ? throw failure : Task.FromResult(answer(request));
    };

    private NodeStageVolumeResponse Stage(NodeStageVolumeRequest request)
    {
        if (request.VolumeCapability.Block is null) Bind(Path.Combine(_root, request.VolumeId), request.StagingTargetPath);
        return new();
    }

    private NodeUnstageVolumeResponse Unstage(NodeUnstageVolumeRequest request)
    {
        _linux.Unmount(request.StagingTargetPath);
        return new();
    }

    private NodePublishVolumeResponse Publish(NodePublishVolumeRequest request)
    {
        if (request.VolumeCapability.Block is not null)
        {
            File.WriteAllText(request.TargetPath, request.VolumeId);
            return new();
        }

        Bind(request.StagingTargetPath.Length > 0 ? request.StagingTargetPath : Path.Combine(_root, request.VolumeId), request.TargetPath);
        return new();
    }

    private NodeUnpublishVolumeResponse Unpublish(NodeUnpublishVolumeRequest request)
    {
        _linux.Unmount(request.TargetPath);
        if (Directory.Exists(request.TargetPath)) Directory.Delete(request.TargetPath);
        File.Delete(request.TargetPath);
        return new();
    }

    private void Bind(string source, string target)
    {
        Directory.CreateDirectory(source);
        Directory.CreateDirectory(target);
        if (!_linux.MountPoints(target).Contains(target)) _linux.Mount(source, target, "none", MountFlags.Bind, null);
    }
}

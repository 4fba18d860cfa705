using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Devices.V1Beta1;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>A device plugin on a Unix socket; its devices are what the test says.</summary>
internal sealed class FakeDevicePlugin : IAsyncDisposable
{
    private readonly GrpcServer _server;
    private readonly Channel<ListAndWatchResponse> _lists = Channel.CreateUnbounded<ListAndWatchResponse>();

    public FakeDevicePlugin(string socket)
    {
        Socket = socket;
        _server = new GrpcServer(socket)
            .Add(DeviceMethods.GetDevicePluginOptions, (_, _) => OptionsError is { } why ? throw new RpcException(GrpcStatusCode.Unknown, why) : Task.FromResult(Options))
            .AddStream(DeviceMethods.ListAndWatch, (_, ct) => ListAsync(ct))
            .Add(DeviceMethods.Allocate, (request, _) => Allocate(request.ContainerRequests[0].DevicesIds))
            .Add(DeviceMethods.GetPreferredAllocation, (request, _) => Task.FromResult(Prefer(request.ContainerRequests[0])))
            .Add(DeviceMethods.PreStartContainer, (request, _) =>
            {
                Calls.Enqueue($"prestart {string.Join(',', request.DevicesIds)}");
                return Task.FromResult(new PreStartContainerResponse());
            });
    }

    public string Socket { get; }

    public DevicePluginOptions Options { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public string? Refusal { get; set; }

    /// <summary>What it says when it is asked what it wants, instead of that.</summary>
    public string? OptionsError { get; set; }

    public Task StartAsync() => _server.StartAsync(default);

    /// <summary>Each as <c>gpu0</c>, <c>gpu0@1</c> on NUMA node 1, or <c>-gpu0</c> when unhealthy.</summary>
    public void Offer(params string[] devices) => _lists.Writer.TryWrite(new ListAndWatchResponse { Devices = { devices.Select(Parse) } });

    /// <summary>Ends the list, as a plugin that stops does.</summary>
    public void HangUp() => _lists.Writer.TryComplete();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Device Parse(string text)
    {
        var (name, node) = text.TrimStart('-').Split('@') is [var n, var at] ? (n, at) : (text.TrimStart('-'), null);
        return new Device
        {
            ID = name,
            Health = text.StartsWith('-') ? "Unhealthy" : "Healthy",
            Topology = node is null ? null : new TopologyInfo { Nodes = { new NUMANode { ID = int.Parse(node) } } },
        };
    }

    private async IAsyncEnumerable<ListAndWatchResponse> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var list in _lists.Reader.ReadAllAsync(cancellationToken))
        {
            yield return list;
        }
    }

    private Task<AllocateResponse> Allocate(IReadOnlyList<string> ids)
    {
        if (Refusal is { } why) throw new RpcException(GrpcStatusCode.Unknown, why);
        Calls.Enqueue($"allocate {string.Join(',', ids)}");
        var answer = new ContainerAllocateResponse
        {
            Envs = { ["GPUS"] = string.Join(',', ids) },
            Mounts = { new Mount { ContainerPath = "/opt/driver", HostPath = "/driver", ReadOnly = true } },
            Devices = { ids.Select(id => new DeviceSpec { ContainerPath = $"/dev/{id}", HostPath = $"/dev/host-{id}", Permissions = "rw" }) },
            Annotations = { ["gpu"] = "yes" },
            CdiDevices = { new CDIDevice { Name = "test.example/gpu=all" } },
        };
        return Task.FromResult(new AllocateResponse { ContainerResponses = { answer } });
    }

    /// <summary>The last of what is there.</summary>
    private PreferredAllocationResponse Prefer(ContainerPreferredAllocationRequest request)
    {
        Calls.Enqueue($"prefer {request.AllocationSize} of {string.Join(',', request.AvailableDeviceIDs)} with {string.Join(',', request.MustIncludeDeviceIDs)}");
        var chosen = request.MustIncludeDeviceIDs.Concat(request.AvailableDeviceIDs.Reverse()).Distinct().Take(request.AllocationSize);
        return new PreferredAllocationResponse { ContainerResponses = { new ContainerPreferredAllocationResponse { DeviceIDs = { chosen } } } };
    }
}

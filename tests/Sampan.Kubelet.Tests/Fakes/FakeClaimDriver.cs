using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Claims.V1;
using Sampan.Kubelet.Plugins;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>A driver of claims on a socket, with claims of its one device and pods that want them.</summary>
internal sealed class FakeClaimDriver : IAsyncDisposable
{
    public const string Service = "k8s.io.kubelet.pkg.apis.dra.v1.DRAPlugin";
    private readonly string _socket;
    private readonly GrpcServer _server;
    private TaskCompletionSource _going = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FakeClaimDriver(string socket)
    {
        _socket = socket;
        _going.SetResult();
        _server = new GrpcServer(socket)
            .Add(ClaimDriver.PrepareMethod(Service), PrepareAsync)
            .Add(ClaimDriver.UnprepareMethod(Service), (request, _) => Task.FromResult(Unprepare(request)));
    }

    public string Name { get; init; } = "driver.test";

    /// <summary>As it introduces itself.</summary>
    public Plugin Plugin => new(Name, _socket, ["v1beta1.DRAPlugin", "v1.DRAPlugin"]);

    /// <summary>How many are asked for while it is paused.</summary>
    public int Paused { get; private set; }

    /// <summary>What it did, and to which claim: <c>prepare gpu-x</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What it says of each claim instead of making it ready; empty for nothing.</summary>
    public string Error { get; set; } = "";

    /// <summary>Leaves claims out of its answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Claims that it does not take back.</summary>
    public ConcurrentDictionary<string, string> Stuck { get; } = new();

    /// <param name="name">Of the claim.</param>
    /// <param name="pods">Those that may use it.</param>
    public static ResourceClaim Claim(string name, params IEnumerable<string> pods) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = $"uid-{name}" },
        Status = new()
        {
            Allocation = new() { Devices = new() { Results = [new() { Driver = "driver.test", Pool = "pool", Device = "gpu0", Request = "gpu" }] } },
            ReservedFor = [.. pods.Select(p => new Api.Resource.V1.ResourceClaimConsumerReference { Resource = "pods", Name = p, Uid = $"uid-{p}" })],
        },
    };

    public static Pod Wanting(string name, string claim) => Node.Pod(name, p =>
    {
        p.Spec.ResourceClaims = [new PodResourceClaim { Name = "gpu", ResourceClaimName = claim }];
        p.Spec.Containers[0].Resources = new() { Claims = [new() { Name = "gpu" }] };
    });

    /// <summary>A pod whose claim is made from a template.</summary>
    public static Pod Templated(string name, string claim)
    {
        var pod = Wanting(name, claim);
        pod.Spec.ResourceClaims = [new PodResourceClaim { Name = "gpu", ResourceClaimTemplateName = "template" }];
        pod.Status.ResourceClaimStatuses = [new PodResourceClaimStatus { Name = "gpu", ResourceClaimName = claim }];
        return pod;
    }

    public Task StartAsync(Node node) => StartAsync(node.Drivers);

    /// <summary>Listens, and registers itself.</summary>
    public async Task StartAsync(ClaimDrivers drivers)
    {
        await _server.StartAsync(default);
        await drivers.RegisterAsync(Plugin, default);
    }

    /// <summary>Makes nothing ready until it resumes.</summary>
    public void Pause() => _going = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _going.TrySetResult();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<NodePrepareResourcesResponse> PrepareAsync(NodePrepareResourcesRequest request, CancellationToken cancellationToken)
    {
        Paused += _going.Task.IsCompleted ? 0 : 1;
        await _going.Task.WaitAsync(cancellationToken);
        return Prepare(request);
    }

    private NodePrepareResourcesResponse Prepare(NodePrepareResourcesRequest request)
    {
        var answer = new NodePrepareResourcesResponse();
        foreach (var claim in request.Claims.Where(_ => !IsSilent))
        {
            if (Error.Length == 0)
            {
                Calls.Enqueue($"prepare {claim.Name}");
            }

            answer.Claims[claim.Uid] = Error.Length > 0
                ? new() { Error = Error }
                : new() { Devices = { new Device { PoolName = "pool", DeviceName = "gpu0", RequestNames = { "gpu" }, CdiDeviceIds = { $"test/gpu={claim.Name}" } } } };
        }

        return answer;
    }

    private NodeUnprepareResourcesResponse Unprepare(NodeUnprepareResourcesRequest request)
    {
        var answer = new NodeUnprepareResourcesResponse();
        foreach (var claim in request.Claims)
        {
            Calls.Enqueue($"unprepare {claim.Name}");
            answer.Claims[claim.Uid] = new() { Error = Stuck.GetValueOrDefault(claim.Name, "") };
        }

        return answer;
    }
}

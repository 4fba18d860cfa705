using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Runtime.Simulated;

/// <summary>
/// A container runtime without containers: it keeps their states as a real one would. Thousands of hollow nodes run on it
/// in one process, and tests decide what fails and when a container ends.
/// </summary>
internal sealed class SimulatedRuntime(TimeProvider time) : IContainerRuntime
{
    private readonly ConcurrentDictionary<string, Cri.PodSandboxStatus> _sandboxes = new();
    private readonly ConcurrentDictionary<string, SimulatedContainer> _containers = new();
    private readonly ConcurrentDictionary<string, Cri.Image> _images = new();
    private readonly Channel<RuntimeEvent> _events = Channel.CreateUnbounded<RuntimeEvent>();
    private int _lastId;

    /// <summary>Decides whether a call fails: given the method's name and its subject, returns what it throws, or null.</summary>
    public Func<string, string, RpcException?> Fault { get; set; } = (_, _) => null;

    /// <summary>Decides whether a registry takes a login, which is null for none.</summary>
    public Func<Cri.AuthConfig?, RpcException?> PullFault { get; set; } = _ => null;

    /// <summary>What the download of an image takes.</summary>
    public Func<CancellationToken, Task> BeforePull { get; set; } = _ => Task.CompletedTask;

    /// <summary>Answers commands run in containers: the container's name and the command give an exit code and output.</summary>
    public Func<string, IReadOnlyList<string>, Cri.ExecSyncResponse> Exec { get; set; } = (_, _) => new();

    /// <summary>What a command waits for before it runs.</summary>
    public Func<CancellationToken, Task> BeforeExec { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether a container obeys the stop signal; one that does not is killed when its grace is over.</summary>
    public Func<string, bool> ObeysStop { get; set; } = _ => true;

    /// <summary>What a running container uses, by its name: nanoseconds of processor since its start, and bytes of memory.</summary>
    public Func<string, (ulong Cpu, ulong Memory)> Usage { get; set; } = _ => default;

    /// <summary>What the runtime says that it is.</summary>
    public (string Name, string Version) Version { get; set; } = ("simulated", "1.0.0");

    /// <summary>What the runtime says of its handlers.</summary>
    public IReadOnlyList<Cri.RuntimeHandler> RuntimeHandlers { get; set; } = [];

    /// <summary>Whether pods can have a network.</summary>
    public Cri.RuntimeCondition Network { get; set; } = new() { Type = "NetworkReady", Status = true };

    /// <summary>Every call, as <c>Method subject</c>, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Where images are said to lie; null for nowhere.</summary>
    public string? ImageMountpoint { get; set; }

    /// <summary>The runtime handler of each sandbox, by its pod's name.</summary>
    public ConcurrentDictionary<string, string> Handlers { get; } = new();

    public IEnumerable<SimulatedContainer> Containers => _containers.Values;

    public void AddImage(string name) =>
        _images[name] = new Cri.Image { Id = $"sha256:{name}", Size = 1000, RepoTags = { name }, Spec = new() { Image = name } };

    /// <summary>Ends a container as if its process had.</summary>
    public void Exit(string containerId, int exitCode, string reason = "")
    {
        var container = _containers[containerId];
        var ended = container.Status.Clone();
        ended.State = Cri.ContainerState.ContainerExited;
        ended.ExitCode = exitCode;
        ended.FinishedAt = Now;
        ended.Reason = reason.Length > 0 ? reason : exitCode == 0 ? "Completed" : "Error";
        container.Status = ended;
        _events.Writer.TryWrite(new RuntimeEvent(containerId));
    }

    /// <summary>The running instance of a container of a pod.</summary>
    public SimulatedContainer? Running(string podName, string container) => _containers.Values.FirstOrDefault(c =>
        c.Status.State == Cri.ContainerState.ContainerRunning
        && c.Status.Metadata.Name == container
        && c.Config.Labels.GetValueOrDefault(RuntimeLabels.PodName) == podName);

    public Task<Cri.VersionResponse> VersionAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Cri.VersionResponse { RuntimeName = Version.Name, RuntimeVersion = Version.Version, RuntimeApiVersion = "v1" });

    public Task<Cri.StatusResponse> StatusAsync(CancellationToken cancellationToken)
    {
        Enter("Status", "");
        return Task.FromResult(new Cri.StatusResponse
        {
            RuntimeHandlers = { RuntimeHandlers },
            Features = new() { SupplementalGroupsPolicy = true },
            Status = new()
            {
                Conditions = { new Cri.RuntimeCondition { Type = "RuntimeReady", Status = true }, Network },
            },
        });
    }

    public Task<string?> CgroupDriverAsync(CancellationToken cancellationToken)
    {
        Enter("RuntimeConfig", "");
        return Task.FromResult<string?>(null);
    }

    public Task UpdatePodCidrAsync(string podCidr, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<string> RunPodSandboxAsync(Cri.PodSandboxConfig config, string runtimeHandler, CancellationToken cancellationToken)
    {
        Enter("RunPodSandbox", config.Metadata.Name);
        Handlers[config.Metadata.Name] = runtimeHandler;
        var number = Interlocked.Increment(ref _lastId);
        var id = $"sandbox-{number}";
        var hostNetwork = config.Linux?.SecurityContext?.NamespaceOptions?.Network == Cri.NamespaceMode.Node;
        _sandboxes[id] = new Cri.PodSandboxStatus
        {
            Id = id,
            Metadata = config.Metadata,
            State = Cri.PodSandboxState.SandboxReady,
            CreatedAt = Now + number,
            Network = new() { Ip = hostNetwork ? "" : $"10.0.{number / 250}.{(number % 250) + 1}" },
            Labels = { config.Labels },
            Annotations = { config.Annotations },
        };
        return Task.FromResult(id);
    }

    public async Task StopPodSandboxAsync(string sandboxId, CancellationToken cancellationToken)
    {
        Enter("StopPodSandbox", sandboxId);
        foreach (var (id, container) in _containers.Where(c => c.Value.SandboxId == sandboxId))
        {
            if (container.Status.State == Cri.ContainerState.ContainerRunning)
            {
                await StopContainerAsync(id, TimeSpan.Zero, cancellationToken);
            }
        }

        if (_sandboxes.TryGetValue(sandboxId, out var sandbox))
        {
            var stopped = sandbox.Clone();
            stopped.State = Cri.PodSandboxState.SandboxNotready;
            _sandboxes[sandboxId] = stopped;
        }
    }

    public Task RemovePodSandboxAsync(string sandboxId, CancellationToken cancellationToken)
    {
        Enter("RemovePodSandbox", sandboxId);
        _sandboxes.TryRemove(sandboxId, out _);
        foreach (var (id, _) in _containers.Where(c => c.Value.SandboxId == sandboxId))
        {
            _containers.TryRemove(id, out _);
        }

        return Task.CompletedTask;
    }

    public Task<Cri.PodSandboxStatus> PodSandboxStatusAsync(string sandboxId, CancellationToken cancellationToken) =>
        Task.FromResult(_sandboxes.TryGetValue(sandboxId, out var sandbox) ? sandbox : throw NotFound(sandboxId));

    public Task<IReadOnlyList<Cri.PodSandbox>> ListPodSandboxesAsync(Cri.PodSandboxFilter filter, CancellationToken cancellationToken)
    {
        Fail("ListPodSandbox", "");
        return Task.FromResult<IReadOnlyList<Cri.PodSandbox>>([.. _sandboxes.Values
            .Where(s => Matches(s.Labels, filter.LabelSelector))
            .Select(s => new Cri.PodSandbox { Id = s.Id, Metadata = s.Metadata, State = s.State, CreatedAt = s.CreatedAt, Labels = { s.Labels }, Annotations = { s.Annotations } })]);
    }

    public Task<string> CreateContainerAsync(
        string sandboxId, Cri.ContainerConfig config, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        Enter("CreateContainer", config.Metadata.Name);
        var number = Interlocked.Increment(ref _lastId);
        var id = $"container-{number}";
        var status = new Cri.ContainerStatus
        {
            Id = id,
            Metadata = config.Metadata,
            State = Cri.ContainerState.ContainerCreated,
            CreatedAt = Now + number,
            Image = config.Image,
            ImageRef = $"sha256:{config.Image.Image}",
            LogPath = config.LogPath,
            Labels = { config.Labels },
            Annotations = { config.Annotations },
            Mounts = { config.Mounts },
        };
        _containers[id] = new SimulatedContainer(sandboxId, config, status);
        return Task.FromResult(id);
    }

    public Task StartContainerAsync(string containerId, CancellationToken cancellationToken)
    {
        var container = Find(containerId);
        Enter("StartContainer", container.Status.Metadata.Name);
        var started = container.Status.Clone();
        started.State = Cri.ContainerState.ContainerRunning;
        started.StartedAt = Now;
        container.Status = started;
        return Task.CompletedTask;
    }

    public async Task StopContainerAsync(string containerId, TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        var container = Find(containerId);
        var name = container.Status.Metadata.Name;
        Enter("StopContainer", $"{name} {gracePeriod.TotalSeconds}");
        if (container.Status.State != Cri.ContainerState.ContainerRunning)
        {
            return;
        }

        var obeys = gracePeriod > TimeSpan.Zero && ObeysStop(name);
        if (!obeys)
        {
            await Task.Delay(gracePeriod, time, cancellationToken);
        }

        Exit(containerId, obeys ? 0 : 137);
    }

    public Task RemoveContainerAsync(string containerId, CancellationToken cancellationToken)
    {
        Enter("RemoveContainer", containerId);
        _containers.TryRemove(containerId, out _);
        return Task.CompletedTask;
    }

    public Task<Cri.ContainerStatus> ContainerStatusAsync(string containerId, CancellationToken cancellationToken) =>
        Fault("ContainerStatus", containerId) is { } fault ? Task.FromException<Cri.ContainerStatus>(fault) : Task.FromResult(Find(containerId).Status);

    public Task<IReadOnlyList<Cri.Container>> ListContainersAsync(Cri.ContainerFilter filter, CancellationToken cancellationToken)
    {
        Fail("ListContainers", "");
        return Task.FromResult<IReadOnlyList<Cri.Container>>([.. _containers.Values
            .Where(c => Matches(c.Config.Labels, filter.LabelSelector))
            .Select(c => new Cri.Container
            {
                Id = c.Status.Id,
                PodSandboxId = c.SandboxId,
                Metadata = c.Config.Metadata,
                State = c.Status.State,
                CreatedAt = c.Status.CreatedAt,
                Image = c.Config.Image,
                Labels = { c.Config.Labels },
                Annotations = { c.Config.Annotations },
            })]);
    }

    public Task UpdateContainerResourcesAsync(
        string containerId, Cri.LinuxContainerResources resources, CancellationToken cancellationToken)
    {
        Enter("UpdateContainerResources", containerId);
        if (Find(containerId).Config.Linux is { } linux)
        {
            linux.Resources = resources.Clone();
        }

        return Task.CompletedTask;
    }

    public Task UpdatePodSandboxResourcesAsync(
        string sandboxId, Cri.LinuxContainerResources overhead, Cri.LinuxContainerResources resources, CancellationToken cancellationToken)
    {
        Enter("UpdatePodSandboxResources", $"{sandboxId} {resources.CpuShares}");
        return Task.CompletedTask;
    }

    public Task CheckpointContainerAsync(string containerId, string location, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Enter("CheckpointContainer", containerId);
        return Task.CompletedTask;
    }

    public Task ReopenContainerLogAsync(string containerId, CancellationToken cancellationToken)
    {
        Enter("ReopenContainerLog", Find(containerId).Status.Metadata.Name);
        return Task.CompletedTask;
    }

    public async Task<Cri.ExecSyncResponse> ExecSyncAsync(
        string containerId, IEnumerable<string> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var name = Find(containerId).Status.Metadata.Name;
        Enter("ExecSync", name);
        await BeforeExec(cancellationToken);
        return Exec(name, [.. command]);
    }

    public Task<Uri> ExecAsync(Cri.ExecRequest request, CancellationToken cancellationToken) => throw NoStreams();

    public Task<Uri> AttachAsync(Cri.AttachRequest request, CancellationToken cancellationToken) => throw NoStreams();

    public Task<Uri> PortForwardAsync(Cri.PortForwardRequest request, CancellationToken cancellationToken) => throw NoStreams();

    public Task<IReadOnlyList<Cri.ContainerStats>> ListContainerStatsAsync(CancellationToken cancellationToken)
    {
        Fail("ListContainerStats", "");
        return Task.FromResult<IReadOnlyList<Cri.ContainerStats>>([.. _containers.Values.Where(c => c.Status.State == Cri.ContainerState.ContainerRunning).Select(StatsOf)]);
    }

    public Task<Cri.PodSandboxStats> PodSandboxStatsAsync(string sandboxId, CancellationToken cancellationToken) =>
        throw Fault("PodSandboxStats", sandboxId) ?? new RpcException(GrpcStatusCode.Unimplemented, "a simulated runtime has no network");

    public Task<Cri.Image?> FindImageAsync(string image, CancellationToken cancellationToken)
    {
        Fail("ImageStatus", image);
        return Task.FromResult(_images.GetValueOrDefault(image));
    }

    public async Task<string> PullImageAsync(string image, Cri.AuthConfig? auth, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        Enter("PullImage", image);
        await BeforePull(cancellationToken);
        if (PullFault(auth) is { } refusal)
        {
            throw refusal;
        }

        AddImage(image);
        return $"sha256:{image}";
    }

    public Task<IReadOnlyList<Cri.Image>> ListImagesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Cri.Image>>([.. _images.Values]);

    public Task RemoveImageAsync(string image, CancellationToken cancellationToken)
    {
        Fail("RemoveImage", image);
        foreach (var name in _images.Where(i => i.Key == image || i.Value.Id == image).Select(i => i.Key).ToList())
        {
            _images.TryRemove(name, out _);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Cri.FilesystemUsage>> ImageFsInfoAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Cri.FilesystemUsage>>(ImageMountpoint is null ? [] : [new Cri.FilesystemUsage { FsId = new() { Mountpoint = ImageMountpoint } }]);

    public async IAsyncEnumerable<RuntimeEvent> WatchEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var change in _events.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    public void Dispose() => _events.Writer.TryComplete();

    private Cri.ContainerStats StatsOf(SimulatedContainer container)
    {
        var (cpu, memory) = Usage(container.Config.Metadata.Name);
        return new Cri.ContainerStats
        {
            Attributes = new() { Id = container.Status.Id, Metadata = container.Config.Metadata, Labels = { container.Config.Labels } },
            Cpu = new() { Timestamp = Now, UsageCoreNanoSeconds = new() { Value = cpu } },
            Memory = new() { Timestamp = Now, WorkingSetBytes = new() { Value = memory }, UsageBytes = new() { Value = memory } },
            WritableLayer = new() { Timestamp = Now, UsedBytes = new(), InodesUsed = new() },
        };
    }

    private long Now => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static bool Matches(IDictionary<string, string> labels, IDictionary<string, string> selector) =>
        selector.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    private static RpcException NotFound(string id) => new(GrpcStatusCode.NotFound, $"{id} not found");

    private static RpcException NoStreams() => new(GrpcStatusCode.Unimplemented, "a simulated runtime has no streams");

    private SimulatedContainer Find(string id) => _containers.TryGetValue(id, out var container) ? container : throw NotFound(id);

    private void Enter(string method, string subject)
    {
        Calls.Enqueue($"{method} {subject}".TrimEnd());
        Fail(method, subject);
    }

    private void Fail(string method, string subject)
    {
        if (Fault(method, subject) is { } fault)
        {
            throw fault;
        }
    }
}
